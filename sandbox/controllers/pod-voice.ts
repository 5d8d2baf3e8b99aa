import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import { kinds } from '../api/kinds'
import type { KubeObject } from '../api/object'
import { type Cluster, conditionOf, writeStatus } from './cluster'
import { type ContainerState, containersOf, podStatus } from './pod-state'
import { KUBELET } from './recorder'

/** What the scheduler and the kubelet say of one pod: its status and its events. */
export class PodVoice {
  readonly cluster: Cluster
  readonly #uid: string

  constructor(cluster: Cluster, uid: string) {
    this.cluster = cluster
    this.#uid = uid
  }

  /** The pod as it is now; undefined once it is gone. */
  pod(): KubeObject | undefined {
    return this.cluster.owners.living(this.#uid)?.object
  }

  event(type: 'Normal' | 'Warning', reason: string, message: string, by = KUBELET): void {
    const pod = this.pod()
    if (pod) this.cluster.recorder.record(pod, { type, reason, message, by })
  }

  /** Says how each container is. `runs`: whether all of them have ever run. */
  publish(stateOf: (container: number) => ContainerState, runs: boolean): void {
    const pod = this.pod()
    if (!pod) return
    const { writer } = this.cluster
    writeStatus(writer, kinds.pod, pod, podStatus(pod, stateOf, runs, writer.clock.nowIso()), KUBELET)
  }

  /** Says that no node takes the pod. Source: Kubernetes 1.34, pkg/scheduler/schedule_one.go handleSchedulingFailure. */
  unschedulable(message: string): void {
    const pod = this.pod()
    if (!pod) return
    const { writer } = this.cluster
    const before = fieldsOf(pod.status)
    const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message } as const
    const conditions = [conditionOf(itemsOf(before.conditions), condition, writer.clock.nowIso())]
    writeStatus(writer, kinds.pod, pod, { ...before, phase: 'Pending', conditions }, SCHEDULER)
    this.event('Warning', 'FailedScheduling', message, 'default-scheduler')
  }

  /** The pod's name as the kubelet writes it in messages. */
  fullName({ metadata }: KubeObject): string {
    return `${metadata.name}_${metadata.namespace}(${metadata.uid})`
  }
}

/** Name under which the scheduler writes. */
export const SCHEDULER = 'kube-scheduler'

/** Name of the container that runs. */
export const firstName = (pod: KubeObject): string => textOf(containersOf(pod)[0]?.name)
