import { setTimeout as sleep } from 'node:timers/promises'
import { fieldsOf } from '@/lib/domain/raw'
import type { Fields, KubeObject } from '../api/object'
import { App } from '../apps/app'
import { type Behaviour, behaviourOf } from '../apps/behaviour'
import type { Cluster } from './cluster'
import type { Images } from './images'
import { pull, schedule, WAITING } from './pod-start'
import { type ContainerState, containersOf, preStopSecondsOf } from './pod-state'
import { firstName, PodVoice } from './pod-voice'
import { watchReadiness } from './readiness'
import type { Room } from './room'

const CRASH_PAUSE_MS = 10_000
const CRASH_PAUSE_LIMIT_MS = 300_000

/** What a pod needs to run: the cluster, a node with room, and its images. */
export type Far = { cluster: Cluster; room: Room; images: Images }

/** Runs one pod from its schedule to its end, as a kubelet does. */
export class PodRunner {
  readonly #voice: PodVoice
  readonly #room: Room
  readonly #images: Images
  readonly #behaviour: Behaviour
  readonly #life = new AbortController()
  #state = WAITING
  #app: App | undefined
  #port = 0
  #portChanged: () => void

  constructor({ cluster, room, images }: Far, pod: KubeObject, portChanged: () => void) {
    this.#voice = new PodVoice(cluster, pod.metadata.uid)
    this.#room = room
    this.#images = images
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
      await schedule(this.#voice, this.#room, signal)
      await pull(this.#voice, this.#images, signal)
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
    const pod = this.#voice.pod()
    const waitMs = pod ? Math.min(preStopSecondsOf(pod), graceSeconds) * 1000 : 0
    if (pod) this.#voice.event('Normal', 'Killing', `Stopping container ${firstName(pod)}`)
    await sleep(waitMs, undefined, { signal: now }).catch(() => undefined)
    this.#life.abort()
    await this.#app?.stop(now.aborted ? 0 : Math.max(0, graceSeconds * 1000 - waitMs))
  }

  /** Ends the pod at once. */
  async kill(): Promise<void> {
    this.#life.abort()
    await this.#app?.stop(0)
  }

  async #once(restartCount: number, signal: AbortSignal): Promise<Fields> {
    const pod = this.#voice.pod()
    if (!pod) throw signal.reason
    const startedAt = this.#voice.cluster.writer.clock.nowIso()
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
    this.#voice.event('Normal', 'Started', `Started container ${firstName(pod)}`)
    this.#set({ ...this.#state, state: { running: { startedAt } }, started: true, restartCount })
    const turn = new AbortController()
    const both = AbortSignal.any([signal, turn.signal])
    void this.#becomeReady(pod, both)
    await sleep(this.#behaviour.crashAfterMs ?? FOREVER_MS, undefined, { signal })
    turn.abort()
    await app.stop(0)
    const finishedAt = this.#voice.cluster.writer.clock.nowIso()
    return {
      exitCode: 1,
      reason: 'Error',
      startedAt,
      finishedAt,
      containerID: `sandbox://${pod.metadata.uid}-${restartCount}`,
    }
  }

  async #becomeReady(pod: KubeObject, signal: AbortSignal): Promise<void> {
    const { startMs, isEverReady } = this.#behaviour
    await sleep(startMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted || !isEverReady) return
    const probe = fieldsOf(containersOf(pod)[0]).readinessProbe
    await watchReadiness(fieldsOf(probe), this.#port, signal, (ready, why) => {
      if (why) this.#voice.event('Warning', 'Unhealthy', `Readiness probe failed: ${why}`)
      if (ready !== this.#state.ready) this.#set({ ...this.#state, ready })
    })
  }

  /** The first restart comes at once, each further one after a longer pause. Source: Kubernetes 1.34, kuberuntime_manager.go doBackOff. */
  async #crashed(restarts: number, terminated: Fields, signal: AbortSignal): Promise<void> {
    const pod = this.#voice.pod()
    if (!pod) return
    this.#set({ state: { terminated }, lastState: {}, ready: false, started: false, restartCount: restarts })
    if (restarts === 0) {
      this.#state = { ...this.#state, lastState: { terminated } }
      return
    }
    const pauseMs = Math.min(CRASH_PAUSE_MS * 2 ** (restarts - 1), CRASH_PAUSE_LIMIT_MS)
    const name = firstName(pod)
    const fullName = this.#voice.fullName(pod)
    const message = `back-off ${pauseMs / 1000}s restarting failed container=${name} pod=${fullName}`
    this.#voice.event('Warning', 'BackOff', `Back-off restarting failed container ${name} in pod ${fullName}`)
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

  #set(state: ContainerState): void {
    this.#state = state
    this.#voice.publish(() => state, this.#port > 0)
  }
}

const FOREVER_MS = 2 ** 31 - 1
