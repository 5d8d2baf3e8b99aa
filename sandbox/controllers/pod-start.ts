import { setTimeout as sleep } from 'node:timers/promises'
import { fieldsOf, textOf } from '@/lib/domain/raw'
import { kinds } from '../api/kinds'
import { type Images, NoImage } from './images'
import { type ContainerState, containersOf, NODE } from './pod-state'
import { type PodVoice, SCHEDULER } from './pod-voice'
import type { Room } from './room'

/** A container before it runs. */
export const WAITING: ContainerState = {
  state: { waiting: { reason: 'ContainerCreating' } },
  lastState: {},
  ready: false,
  started: false,
  restartCount: 0,
}

const FULL =
  '0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.'

/** Gives a pod its node, once there is room. Errors: rejects when the pod ends first. */
export async function schedule(voice: PodVoice, room: Room, signal: AbortSignal): Promise<void> {
  if (fieldsOf(voice.pod()?.spec).nodeName === undefined) {
    if (room.isFull) voice.unschedulable(FULL)
    await room.wait(signal)
    const pod = voice.pod()
    if (!pod) return
    const bound = { ...pod, spec: { ...fieldsOf(pod.spec), nodeName: NODE } }
    voice.cluster.writer.update(kinds.pod, bound, { manager: SCHEDULER })
    const { namespace, name } = pod.metadata
    const message = `Successfully assigned ${namespace}/${name} to ${NODE}`
    voice.event('Normal', 'Scheduled', message, 'default-scheduler')
  }
  voice.publish(() => WAITING, false)
}

const FIRST_PAUSE_MS = 10_000
const PAUSE_LIMIT_MS = 300_000
/** How long the kubelet shows a failed pull before it shows that it waits. */
const SHOWN_MS = 1_000

/** Waits until all images of a pod are there, telling what is wrong with those that are not. Errors: rejects when the pod ends first. */
export async function pull(voice: PodVoice, images: Images, signal: AbortSignal): Promise<void> {
  const pod = voice.pod()
  for (const [at, container] of (pod ? containersOf(pod) : []).entries()) {
    const image = textOf(container.image)
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, PAUSE_LIMIT_MS)) {
      const missing = await pulled(voice, images, image, signal)
      if (!missing) break
      await tell(voice, at, { image, missing, pauseMs }, signal)
    }
  }
}

async function pulled(
  voice: PodVoice,
  images: Images,
  image: string,
  signal: AbortSignal,
): Promise<NoImage | undefined> {
  try {
    const tookMs = await images.pull(image, signal)
    const had = `Container image "${image}" already present on machine`
    const message = tookMs > 0 ? `Successfully pulled image "${image}" in ${tookMs}ms` : had
    voice.event('Normal', 'Pulled', message)
    return undefined
  } catch (error) {
    if (error instanceof NoImage) return error
    throw error
  }
}

type Failed = { image: string; missing: NoImage; pauseMs: number }

/** Source: Kubernetes 1.34, pkg/kubelet/images/image_manager.go; the other containers run meanwhile. */
async function tell(voice: PodVoice, at: number, failed: Failed, signal: AbortSignal): Promise<void> {
  const { image, missing, pauseMs } = failed
  const { reason, message } = missing
  const startedAt = voice.cluster.writer.clock.nowIso()
  const others = { ...WAITING, state: { running: { startedAt } }, ready: true, started: true }
  const say = (waiting: object) =>
    voice.publish(container => (container === at ? { ...WAITING, state: { waiting } } : others), false)
  say({ reason, message })
  if (reason === 'InvalidImageName') {
    voice.event('Warning', 'InspectFailed', message)
    return void (await sleep(pauseMs, undefined, { signal }))
  }
  voice.event('Warning', 'Failed', `Failed to pull image "${image}": ${message}`)
  voice.event('Warning', 'Failed', `Error: ${reason}`)
  await sleep(SHOWN_MS, undefined, { signal })
  const waits = `Back-off pulling image "${image}"`
  say({ reason: 'ImagePullBackOff', message: `${waits}: ${reason}: ${message}` })
  voice.event('Normal', 'BackOff', waits)
  await sleep(pauseMs, undefined, { signal })
}
