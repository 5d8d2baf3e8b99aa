import { fieldsOf, itemsOf, textOf, wholeOf } from '@/lib/domain/raw'
import type { Draft, Fields, KubeObject } from '../api/object'
import { conditionOf } from './cluster'

/** Pods that carry this annotation are objects only: nothing listens and nothing starts. */
export const NO_SOCKET = 'halftone.dev/no-socket'

/** The one node of the sandbox. */
export const NODE = 'sandbox'

/** Containers of a pod, as its spec lists them. */
export const containersOf = ({ spec }: Fields): Fields[] => itemsOf(fieldsOf(spec).containers).map(fieldsOf)

/** A condition of a pod's status; without fields when it is not there yet. */
export const conditionIn = ({ status }: KubeObject, type: string): Fields =>
  fieldsOf(itemsOf(fieldsOf(status).conditions).find(each => fieldsOf(each).type === type))

/** Whether a pod takes traffic. */
export const isReady = (pod: KubeObject): boolean => conditionIn(pod, 'Ready').status === 'True'

/** Seconds that a pod goes on answering after it was told to end, before it is asked to stop. */
export function preStopSecondsOf(pod: KubeObject): number {
  const hooks = containersOf(pod).map(each => fieldsOf(fieldsOf(each.lifecycle).preStop))
  return Math.max(0, ...hooks.map(secondsOf))
}

function secondsOf({ sleep, exec }: Fields): number {
  if (sleep !== undefined) return wholeOf(fieldsOf(sleep).seconds)
  const command = itemsOf(fieldsOf(exec).command).map(textOf).join(' ')
  return Number(/\bsleep (\d+)/.exec(command)?.[1] ?? 0)
}

/** How one container is, for the pod's status. */
export type ContainerState = {
  state: Fields
  lastState: Fields
  ready: boolean
  started: boolean
  restartCount: number
}

/** The status of one container as the kubelet writes it. */
export const containerStatusOf = (container: Fields, podUid: string, now: ContainerState): Fields => {
  const name = textOf(container.name)
  return {
    name,
    image: container.image,
    imageID: now.started || now.restartCount > 0 ? `sandbox/${textOf(container.image)}` : '',
    ...(now.state.running !== undefined && {
      containerID: `sandbox://${podUid}-${name}-${now.restartCount}`,
    }),
    ...now,
  }
}

/** Conditions of a pod that is scheduled, and maybe ready. */
export const podConditionsOf = (ready: boolean): { type: string; status: 'True' | 'False' }[] => [
  { type: 'PodReadyToStartContainers', status: 'True' },
  { type: 'Initialized', status: 'True' },
  { type: 'Ready', status: ready ? 'True' : 'False' },
  { type: 'ContainersReady', status: ready ? 'True' : 'False' },
  { type: 'PodScheduled', status: 'True' },
]

/** The status of a pod with a socket as the kubelet writes it. `runs`: whether all containers have ever run. */
export function podStatus(
  pod: KubeObject,
  stateOf: (container: number) => ContainerState,
  runs: boolean,
  nowIso: string,
): Fields {
  const before = fieldsOf(pod.status)
  const containers = containersOf(pod)
  const names = containers.filter((_, at) => !stateOf(at).ready).map(each => textOf(each.name))
  const why = {
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${names.join(' ')}]`,
  }
  const conditions = podConditionsOf(names.length === 0).map(each =>
    conditionOf(itemsOf(before.conditions), { ...each, ...(each.status === 'False' && why) }, nowIso),
  )
  return {
    phase: runs ? 'Running' : 'Pending',
    conditions,
    hostIP: '127.0.0.1',
    hostIPs: [{ ip: '127.0.0.1' }],
    ...(runs && { podIP: '127.0.0.1', podIPs: [{ ip: '127.0.0.1' }] }),
    startTime: before.startTime ?? nowIso,
    containerStatuses: containers.map((each, at) => containerStatusOf(each, pod.metadata.uid, stateOf(at))),
    qosClass: 'BestEffort',
  }
}

let stillPods = 0

/** A pod without a socket: running and ready from its first moment, on an address where nothing answers. */
export function stillPod(draft: Draft, nowIso: string): Draft {
  stillPods += 1
  const podIP = `10.${(stillPods >> 16) & 255}.${(stillPods >> 8) & 255}.${stillPods & 255}`
  const running = {
    state: { running: { startedAt: nowIso } },
    lastState: {},
    ready: true,
    started: true,
    restartCount: 0,
  }
  const conditions = podConditionsOf(true).map(each => ({
    ...each,
    lastProbeTime: null,
    lastTransitionTime: nowIso,
  }))
  const status = {
    phase: 'Running',
    conditions,
    hostIP: '127.0.0.1',
    hostIPs: [{ ip: '127.0.0.1' }],
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: nowIso,
    containerStatuses: containersOf(draft).map(each => containerStatusOf(each, String(stillPods), running)),
    qosClass: 'Burstable',
  }
  return { ...draft, spec: { ...fieldsOf(draft.spec), nodeName: NODE }, status }
}
