import { setTimeout as sleep } from 'node:timers/promises'
import { fieldsOf, textOf } from '@/lib/domain/raw'
import { kinds } from '../api/kinds'
import type { Fields, KubeObject } from '../api/object'
import { App } from '../apps/app'
import { type Behaviour, behaviourOf } from '../apps/behaviour'
import { type Cluster, writeStatus } from './cluster'
import type { Images } from './images'
import { type ContainerState, containersOf, NODE, podStatus, preStopSecondsOf } from './pod-state'
import { watchReadiness } from './readiness'
import { KUBELET } from './recorder'

const CRASH_PAUSE_MS = 10_000
const CRASH_PAUSE_LIMIT_MS = 300_000
const PENDING: ContainerState = {
  state: { waiting: { reason: 'ContainerCreating' } },
  lastState: {},
  ready: false,
  started: false,
  restartCount: 0,
}

/** Runs one pod from its schedule to its end, as a kubelet does. */
export class PodRunner {
  readonly #cluster: Cluster
  readonly #images: Images
  readonly #uid: string
  readonly #behaviour: Behaviour
  readonly #life = new AbortController()
  #state = PENDING
  #app: App | undefined
  #port = 0
  #portChanged: () => void

  constructor(cluster: Cluster, images: Images, pod: KubeObject, portChanged: () => void) {
    this.#cluster = cluster
    this.#images = images
    this.#uid = pod.metadata.uid
    this.#behaviour = behaviourOf(containersOf(pod)[0])
    this.#portChanged = portChanged
  }

  /** The loopback port of the pod; 0 before it has one. */
  get port(): number {
    return this.#port
  }

  /** Starts the pod and keeps it running until it is ended. */
  async run(): Promise<void> {
    const { signal } = this.#life
    try {
      this.#schedule()
      await this.#pull(signal)
      for (let restarts = 0; !signal.aborted; restarts++) {
        const exit = await this.#once(restarts, signal)
        await this.#crashed(restarts, exit, signal)
      }
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  /** Lets the pod answer on as long as its `preStop` says, then closes its port. Units: seconds of grace. */
  async end(graceSeconds: number, now: AbortSignal): Promise<void> {
    const pod = this.#pod()
    const waitMs = pod ? Math.min(preStopSecondsOf(pod), graceSeconds) * 1000 : 0
    if (pod) this.#event('Normal', 'Killing', `Stopping container ${this.#containerName(pod)}`)
    await sleep(waitMs, undefined, { signal: now }).catch(() => undefined)
    this.#life.abort()
    await this.#app?.stop(now.aborted ? 0 : Math.max(0, graceSeconds * 1000 - waitMs))
  }

  /** Ends the pod at once. */
  async kill(): Promise<void> {
    this.#life.abort()
    await this.#app?.stop(0)
  }

  #pod(): KubeObject | undefined {
    return this.#cluster.owners.living(this.#uid)?.object
  }

  #schedule(): void {
    const pod = this.#pod()
    if (!pod || fieldsOf(pod.spec).nodeName !== undefined) return void this.#publish()
    const bound = { ...pod, spec: { ...fieldsOf(pod.spec), nodeName: NODE } }
    this.#cluster.writer.update(kinds.pod, bound, { manager: 'kube-scheduler' })
    const { namespace, name } = pod.metadata
    const message = `Successfully assigned ${namespace}/${name} to ${NODE}`
    this.#event('Normal', 'Scheduled', message, 'default-scheduler')
    this.#publish()
  }

  async #pull(signal: AbortSignal): Promise<void> {
    const pod = this.#pod()
    for (const { image } of pod ? containersOf(pod) : []) {
      const tookMs = await this.#images.pull(textOf(image), signal)
      const message =
        tookMs > 0
          ? `Successfully pulled image "${textOf(image)}" in ${tookMs}ms`
          : `Container image "${textOf(image)}" already present on machine`
      this.#event('Normal', 'Pulled', message)
    }
  }

  async #once(restartCount: number, signal: AbortSignal): Promise<Fields> {
    const pod = this.#pod()
    if (!pod) throw signal.reason
    const startedAt = this.#cluster.writer.clock.nowIso()
    const app = new App(this.#behaviour, pod.metadata.name)
    await app.start(this.#port)
    if (signal.aborted) {
      await app.stop(0)
      throw signal.reason
    }
    this.#app = app
    if (this.#port !== app.port) {
      this.#port = app.port
      this.#portChanged()
    }
    this.#event('Normal', 'Started', `Started container ${this.#containerName(pod)}`)
    this.#set({ ...this.#state, state: { running: { startedAt } }, started: true, restartCount })
    const turn = new AbortController()
    const both = AbortSignal.any([signal, turn.signal])
    void this.#becomeReady(pod, both)
    await sleep(this.#behaviour.crashAfterMs ?? FOREVER_MS, undefined, { signal })
    turn.abort()
    await app.stop(0)
    const finishedAt = this.#cluster.writer.clock.nowIso()
    return {
      exitCode: 1,
      reason: 'Error',
      startedAt,
      finishedAt,
      containerID: `sandbox://${this.#uid}-${restartCount}`,
    }
  }

  async #becomeReady(pod: KubeObject, signal: AbortSignal): Promise<void> {
    const { startMs, isEverReady } = this.#behaviour
    await sleep(startMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted || !isEverReady) return
    const probe = fieldsOf(containersOf(pod)[0]).readinessProbe
    await watchReadiness(fieldsOf(probe), this.#port, signal, (ready, why) => {
      if (why) this.#event('Warning', 'Unhealthy', `Readiness probe failed: ${why}`)
      if (ready !== this.#state.ready) this.#set({ ...this.#state, ready })
    })
  }

  /** The first restart comes at once, each further one after a longer pause. Source: Kubernetes 1.34, kuberuntime_manager.go doBackOff. */
  async #crashed(restarts: number, terminated: Fields, signal: AbortSignal): Promise<void> {
    const pod = this.#pod()
    if (!pod) return
    this.#set({ state: { terminated }, lastState: {}, ready: false, started: false, restartCount: restarts })
    if (restarts === 0) {
      this.#state = { ...this.#state, lastState: { terminated } }
      return
    }
    const pauseMs = Math.min(CRASH_PAUSE_MS * 2 ** (restarts - 1), CRASH_PAUSE_LIMIT_MS)
    const name = this.#containerName(pod)
    const message = `back-off ${pauseMs / 1000}s restarting failed container=${name} pod=${pod.metadata.name}`
    this.#event(
      'Warning',
      'BackOff',
      `Back-off restarting failed container ${name} in pod ${pod.metadata.name}`,
    )
    const waiting = { reason: 'CrashLoopBackOff', message }
    this.#set({
      state: { waiting },
      lastState: { terminated },
      ready: false,
      started: false,
      restartCount: restarts,
    })
    await sleep(pauseMs, undefined, { signal })
  }

  #containerName = (pod: KubeObject): string => textOf(containersOf(pod)[0]?.name)

  #event(type: 'Normal' | 'Warning', reason: string, message: string, by = KUBELET): void {
    const pod = this.#pod()
    if (pod) this.#cluster.recorder.record(pod, { type, reason, message, by })
  }

  #set(state: ContainerState): void {
    this.#state = state
    this.#publish()
  }

  #publish(): void {
    const pod = this.#pod()
    if (!pod) return
    const { writer } = this.#cluster
    const status = podStatus(pod, this.#state, this.#port > 0, writer.clock.nowIso())
    writeStatus(writer, kinds.pod, pod, status, KUBELET)
  }
}

const FOREVER_MS = 2 ** 31 - 1
