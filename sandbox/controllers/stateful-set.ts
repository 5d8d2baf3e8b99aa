import { fieldsOf, textsOf, wholeOf } from '@/lib/domain/raw'
import { kinds } from '../api/kinds'
import type { Fields, KubeObject } from '../api/object'
import { type Cluster, CONTROLLER, ownerOf, writeStatus } from './cluster'
import { hashOf } from './deployment-view'
import { Loop } from './loop'
import { isReady } from './pod-state'

const REVISION = 'controller-revision-hash'
const BY = 'statefulset-controller'

/**
 * Keeps the numbered pods of StatefulSets: made in order, each once all before it are ready, and ended from the last one on.
 * Limits: OrderedReady and RollingUpdate alone; no volumes, no ControllerRevisions.
 * Source: Kubernetes 1.34, pkg/controller/statefulset/stateful_set_control.go.
 */
export class StatefulSets {
  readonly #cluster: Cluster
  readonly #loop = new Loop(uid => this.#work(uid))

  constructor(cluster: Cluster) {
    this.#cluster = cluster
    const { store } = cluster.writer
    store.listen(kinds.statefulSet, ({ object }) => this.#loop.add(object.metadata.uid))
    store.listen(kinds.pod, ({ object }) => {
      for (const owner of object.metadata.ownerReferences ?? [])
        if (owner.kind === 'StatefulSet') this.#loop.add(owner.uid)
    })
  }

  stop(): void {
    this.#loop.stop()
  }

  #work(uid: string): void {
    const set = this.#cluster.owners.living(uid)?.object
    if (set?.kind !== 'StatefulSet') return
    if (set.metadata.deletionTimestamp === undefined) this.#step(set)
    this.#report(set)
  }

  #podsOf({ metadata }: KubeObject): KubeObject[] {
    return this.#cluster.owners
      .children(metadata.uid, kinds.pod)
      .sort((one, other) => ordinalOf(one) - ordinalOf(other))
  }

  /** One thing at a time: the first pod that is missing is made, else the last one that is too much or too old is ended. */
  #step(set: KubeObject): void {
    const pods = this.#podsOf(set)
    if (pods.some(isEnding)) return
    const wanted = wholeOf(fieldsOf(set.spec).replicas, 1)
    const missing = Array.from({ length: wanted }, (_, at) => at).find(
      at => !pods.some(pod => ordinalOf(pod) === at),
    )
    const unready = pods.find(pod => !isReady(pod))
    if (missing !== undefined && (!unready || ordinalOf(unready) > missing))
      return void this.#create(set, missing)
    const surplus = pods.findLast(pod => ordinalOf(pod) >= wanted)
    const outdated = pods.findLast(pod => pod.metadata.labels?.[REVISION] !== revisionOf(set))
    if (surplus) this.#end(set, surplus)
    else if (outdated && !unready) this.#end(set, outdated)
  }

  #create(set: KubeObject, ordinal: number): void {
    const { writer, recorder } = this.#cluster
    const { namespace } = set.metadata
    const { serviceName, template } = fieldsOf(set.spec)
    const { metadata, spec } = fieldsOf(template)
    const name = `${set.metadata.name}-${ordinal}`
    const labels = {
      ...fieldsOf(fieldsOf(metadata).labels),
      'apps.kubernetes.io/pod-index': String(ordinal),
      [REVISION]: revisionOf(set),
      'statefulset.kubernetes.io/pod-name': name,
    }
    writer.create(
      kinds.pod,
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          ...fieldsOf(metadata),
          name,
          namespace,
          labels: textsOf(labels),
          ownerReferences: [ownerOf(kinds.statefulSet, set)],
        },
        spec: {
          ...fieldsOf(spec),
          hostname: name,
          ...(serviceName !== undefined && { subdomain: serviceName }),
        },
      },
      { manager: CONTROLLER },
    )
    const message = `create Pod ${name} in StatefulSet ${set.metadata.name} successful`
    recorder.record(set, { reason: 'SuccessfulCreate', message, by: BY })
  }

  #end(set: KubeObject, { metadata }: KubeObject): void {
    const { writer, recorder } = this.#cluster
    writer.delete(kinds.pod, metadata.namespace, metadata.name, {})
    const message = `delete Pod ${metadata.name} in StatefulSet ${set.metadata.name} successful`
    recorder.record(set, { reason: 'SuccessfulDelete', message, by: BY })
  }

  #report(set: KubeObject): void {
    const pods = this.#podsOf(set)
    const ready = pods.filter(isReady).length
    const revision = revisionOf(set)
    const updated = pods.filter(pod => pod.metadata.labels?.[REVISION] === revision).length
    const status: Fields = {
      observedGeneration: set.metadata.generation,
      replicas: pods.length,
      ...(ready > 0 && { readyReplicas: ready }),
      ...(updated > 0 && { updatedReplicas: updated }),
      availableReplicas: ready,
      updateRevision: revision,
      collisionCount: 0,
    }
    writeStatus(this.#cluster.writer, kinds.statefulSet, set, status)
  }
}

const revisionOf = ({ metadata, spec }: KubeObject): string =>
  `${metadata.name}-${hashOf(fieldsOf(fieldsOf(spec).template))}`

const ordinalOf = ({ metadata }: KubeObject): number => Number(/-(\d+)$/.exec(metadata.name)?.[1] ?? -1)

const isEnding = ({ metadata }: KubeObject): boolean => metadata.deletionTimestamp !== undefined
