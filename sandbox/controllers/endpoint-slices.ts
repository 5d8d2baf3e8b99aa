import { fieldsOf, textsOf } from '@/lib/domain/raw'
import { kinds } from '../api/kinds'
import type { Draft, KubeObject } from '../api/object'
import type { Change } from '../api/store'
import { type Cluster, CONTROLLER } from './cluster'
import { Loop } from './loop'
import type { Pods } from './pods'
import { endpointsOf, hasAddress, slicesOf } from './slices'

/** Keeps the EndpointSlices and Endpoints of every Service with a selector. */
export class EndpointSlices {
  readonly #cluster: Cluster
  readonly #pods: Pods
  readonly #loop = new Loop(key => this.#work(key))

  constructor(cluster: Cluster, pods: Pods) {
    this.#cluster = cluster
    this.#pods = pods
    const { store } = cluster.writer
    store.listen(kinds.service, ({ object }) => this.#loop.add(keyOf(object)))
    store.listen(kinds.pod, change => this.#podChanged(change))
    pods.onPort(pod => this.#servicesOf(pod))
  }

  stop(): void {
    this.#loop.stop()
  }

  #podChanged({ object, before }: Change): void {
    this.#servicesOf(object)
    if (before && before.metadata.labels !== object.metadata.labels) this.#servicesOf(before)
  }

  #servicesOf({ metadata }: KubeObject): void {
    for (const service of this.#cluster.writer.store.list(kinds.service, metadata.namespace)) {
      if (selects(service, metadata.labels ?? {})) this.#loop.add(keyOf(service))
    }
  }

  #work(key: string): void {
    const [namespace = '', name = ''] = key.split('/')
    const { store } = this.#cluster.writer
    const service = store.get(kinds.service, namespace, name)
    if (!service || Object.keys(fieldsOf(fieldsOf(service.spec).selector)).length === 0) return
    const pods = store.list(kinds.pod, namespace).filter(pod => selects(service, pod.metadata.labels ?? {}))
    const backends = pods.map(pod => ({ pod, port: this.#pods.portOf(pod) })).filter(hasAddress)
    const wanted = slicesOf(service, backends)
    const present = this.#cluster.owners.children(service.metadata.uid, kinds.endpointSlice)
    for (const slice of wanted) this.#keep(slice, present)
    for (const { metadata } of present) {
      if (wanted.some(each => each.metadata.name === metadata.name)) continue
      this.#cluster.writer.delete(kinds.endpointSlice, metadata.namespace, metadata.name, {})
    }
    const { writer } = this.#cluster
    if (store.get(kinds.endpoints, namespace, name) || backends.length > 0) {
      writer.update(kinds.endpoints, endpointsOf(service, backends), { manager: CONTROLLER })
    }
  }

  #keep(slice: Draft, present: readonly KubeObject[]): void {
    const { writer } = this.#cluster
    const exists = present.some(each => each.metadata.name === slice.metadata.name)
    if (exists) writer.update(kinds.endpointSlice, slice, { manager: CONTROLLER })
    else writer.create(kinds.endpointSlice, slice, { manager: CONTROLLER })
  }
}

const keyOf = ({ metadata }: KubeObject) => `${metadata.namespace}/${metadata.name}`

function selects({ spec }: KubeObject, labels: Readonly<Record<string, string>>): boolean {
  const wanted = Object.entries(textsOf(fieldsOf(spec).selector))
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
}
