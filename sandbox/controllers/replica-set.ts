import { fieldsOf, itemsOf, textOf, textsOf, wholeOf } from '@/lib/domain/raw'
import { kinds } from '../api/kinds'
import type { Draft, Fields, KubeObject } from '../api/object'
import { Refusal } from '../api/refusal'
import { type Cluster, CONTROLLER, conditionOf, ownerOf, writeStatus } from './cluster'
import { Loop } from './loop'
import { conditionIn, isReady, NO_SOCKET, stillPod } from './pod-state'
import { KUBELET } from './recorder'

const BURST = 200
const RETRY_MS = 1000
const BY = 'replicaset-controller'
const FAILED_CREATE = 'FailedCreate'

/** Keeps as many pods as each ReplicaSet asks for. */
export class ReplicaSets {
  readonly #cluster: Cluster
  readonly #loop = new Loop(key => this.#work(key))

  constructor(cluster: Cluster) {
    this.#cluster = cluster
    const { store } = cluster.writer
    store.listen(kinds.replicaSet, ({ object }) => this.#loop.add(object.metadata.uid))
    store.listen(kinds.pod, ({ object }) => {
      for (const owner of object.metadata.ownerReferences ?? []) {
        if (owner.kind === 'ReplicaSet') this.#loop.add(owner.uid)
      }
    })
  }

  stop(): void {
    this.#loop.stop()
  }

  #work(uid: string): void {
    const set = this.#cluster.owners.living(uid)?.object
    if (set?.kind !== 'ReplicaSet') return
    const pods = this.#cluster.owners.children(uid, kinds.pod).filter(isActive)
    const wanted = wholeOf(fieldsOf(set.spec).replicas)
    const failure = set.metadata.deletionTimestamp === undefined ? this.#match(set, pods, wanted) : undefined
    const now = this.#cluster.owners.children(uid, kinds.pod).filter(isActive)
    this.#report(set, now, failure)
    if (failure !== undefined) this.#loop.addAfter(uid, RETRY_MS)
  }

  /** Makes what is missing and ends what is too much; returns why a pod was refused, undefined where none was. */
  #match(set: KubeObject, pods: readonly KubeObject[], wanted: number): string | undefined {
    const missing = Math.min(BURST, wanted - pods.length)
    for (let i = 0; i < missing; i++) {
      const refused = this.#refusalOf(set)
      if (refused !== undefined) return refused
    }
    if (missing >= BURST) this.#loop.add(set.metadata.uid)
    const surplus = [...pods].sort(worstFirst).slice(0, Math.max(0, pods.length - wanted))
    for (const pod of surplus) this.#delete(set, pod)
    return undefined
  }

  #refusalOf(set: KubeObject): string | undefined {
    try {
      this.#create(set)
      return undefined
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const message = `Error creating: ${error.message}`
      this.#cluster.recorder.record(set, { type: 'Warning', reason: FAILED_CREATE, message, by: BY })
      return error.message
    }
  }

  #create(set: KubeObject): void {
    const { writer, recorder } = this.#cluster
    const template = fieldsOf(fieldsOf(set.spec).template)
    const { labels, annotations } = fieldsOf(template.metadata)
    const draft: Draft = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...fieldsOf(template.metadata),
        ...(labels !== undefined && { labels: textsOf(labels) }),
        generateName: `${set.metadata.name}-`,
        namespace: set.metadata.namespace,
        ownerReferences: [ownerOf(kinds.replicaSet, set)],
      },
      spec: template.spec,
    }
    if (fieldsOf(annotations)[NO_SOCKET] === 'true') {
      writer.create(kinds.pod, stillPod(draft, writer.clock.nowIso()), { manager: KUBELET, isWorld: true })
      return
    }
    const pod = writer.create(kinds.pod, draft, { manager: CONTROLLER })
    const message = `Created pod: ${pod.metadata.name}`
    recorder.record(set, { reason: 'SuccessfulCreate', message, by: BY })
  }

  #delete(set: KubeObject, { metadata }: KubeObject): void {
    const { writer, recorder } = this.#cluster
    writer.delete(kinds.pod, metadata.namespace, metadata.name, {})
    const message = `Deleted pod: ${metadata.name}`
    recorder.record(set, { reason: 'SuccessfulDelete', message, by: BY })
  }

  #report(set: KubeObject, pods: readonly KubeObject[], failure: string | undefined): void {
    const { writer } = this.#cluster
    const waitMs = wholeOf(fieldsOf(set.spec).minReadySeconds) * 1000
    const nowMs = writer.clock.nowMs()
    const ready = pods.filter(isReady)
    const ages = ready.map(pod => nowMs - Date.parse(textOf(conditionIn(pod, 'Ready').lastTransitionTime)))
    const available = waitMs === 0 ? ready.length : ages.filter(age => age >= waitMs).length
    if (available < ready.length) this.#loop.addAfter(set.metadata.uid, waitMs / 2)
    const status: Fields = {
      replicas: pods.length,
      ...(pods.length > 0 && { fullyLabeledReplicas: pods.length }),
      ...(ready.length > 0 && { readyReplicas: ready.length }),
      ...(available > 0 && { availableReplicas: available }),
      observedGeneration: set.metadata.generation,
      ...(failure !== undefined && { conditions: failureOf(set, failure, writer.clock.nowIso()) }),
    }
    writeStatus(writer, kinds.replicaSet, set, status)
  }
}

/** Says that pods are refused; the first refusal stays as it is until they are not. Source: Kubernetes 1.34, replica_set_utils.go calculateStatus. */
function failureOf({ status }: KubeObject, message: string, nowIso: string): Fields[] {
  const conditions = itemsOf(fieldsOf(status).conditions)
  const failure = { type: 'ReplicaFailure', status: 'True', reason: FAILED_CREATE, message } as const
  const before = conditions.map(fieldsOf).find(({ type }) => type === failure.type)
  return [before ?? conditionOf(conditions, failure, nowIso)]
}

const isActive = ({ metadata, status }: KubeObject): boolean =>
  metadata.deletionTimestamp === undefined &&
  !['Succeeded', 'Failed'].includes(textOf(fieldsOf(status).phase))

const restartsOf = ({ status }: KubeObject): number =>
  itemsOf(fieldsOf(status).containerStatuses).reduce<number>(
    (sum, each) => sum + wholeOf(fieldsOf(each).restartCount),
    0,
  )

/** Which of two pods goes first: unready, restarted often, young. Source: Kubernetes 1.34, controller_utils.go ActivePodsWithRanks. */
function worstFirst(one: KubeObject, other: KubeObject): number {
  return (
    Number(isReady(one)) - Number(isReady(other)) ||
    restartsOf(other) - restartsOf(one) ||
    Date.parse(other.metadata.creationTimestamp) - Date.parse(one.metadata.creationTimestamp)
  )
}
