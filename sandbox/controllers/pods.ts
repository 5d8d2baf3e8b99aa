import { fieldsOf } from '@/lib/domain/raw'
import { kinds } from '../api/kinds'
import type { KubeObject } from '../api/object'
import type { Change } from '../api/store'
import type { Cluster } from './cluster'
import { Images } from './images'
import { PodRunner } from './pod-runner'
import { NO_SOCKET } from './pod-state'
import type { Room } from './room'

type Running = { runner: PodRunner; ending: AbortController | undefined }

/** The node: runs every pod that has a socket, and ends those that are told to. */
export class Pods {
  readonly #cluster: Cluster
  readonly #images = new Images()
  readonly #room: Room
  readonly #running = new Map<string, Running>()
  readonly #portChanged = new Set<(pod: KubeObject) => void>()

  constructor(cluster: Cluster, room: Room) {
    this.#cluster = cluster
    this.#room = room
    cluster.writer.store.listen(kinds.pod, change => setImmediate(() => this.#take(change)))
  }

  /** The loopback port on which a pod answers; undefined before it does. */
  portOf({ metadata }: KubeObject): number | undefined {
    return this.#running.get(metadata.uid)?.runner.port || undefined
  }

  /** Calls back when a pod has got its port. */
  onPort(hear: (pod: KubeObject) => void): void {
    this.#portChanged.add(hear)
  }

  /** Ends all pods at once. */
  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ runner }) => runner.kill()))
  }

  #take({ type, object }: Change): void {
    const { uid, deletionTimestamp, annotations } = object.metadata
    const isStill = annotations?.[NO_SOCKET] === 'true'
    const running = this.#running.get(uid)
    if (type === 'DELETED') {
      this.#running.delete(uid)
      if (!running?.ending) void running?.runner.kill()
      else running.ending.abort()
    } else if (deletionTimestamp !== undefined) this.#end(object, running)
    else if (!isStill && !running && type === 'ADDED') this.#begin(object)
  }

  #begin(pod: KubeObject): void {
    const runner = new PodRunner(
      { cluster: this.#cluster, room: this.#room, images: this.#images },
      pod,
      () => {
        for (const hear of this.#portChanged) hear(pod)
      },
    )
    this.#running.set(pod.metadata.uid, { runner, ending: undefined })
    runner.run().catch((error: unknown) => {
      process.stderr.write(`sandbox: pod ${pod.metadata.name}: ${String(error)}\n`)
    })
  }

  #end(pod: KubeObject, running: Running | undefined): void {
    const seconds = pod.metadata.deletionGracePeriodSeconds ?? 0
    if (running?.ending) return
    const ending = new AbortController()
    if (running) this.#running.set(pod.metadata.uid, { ...running, ending })
    const ended = running ? running.runner.end(seconds, ending.signal) : Promise.resolve()
    void ended.then(() => {
      const { namespace, name, uid } = pod.metadata
      const now = this.#cluster.writer.store.get(kinds.pod, namespace, name)
      if (now?.metadata.uid === uid && (fieldsOf(now.metadata).finalizers ?? undefined) === undefined) {
        this.#cluster.writer.store.remove(kinds.pod, now)
      }
      this.#running.delete(uid)
    })
  }
}
