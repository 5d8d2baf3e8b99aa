import { fieldsOf, textOf } from '@/lib/domain/raw'
import { REVISION } from '../api/change'
import { kinds } from '../api/kinds'
import type { KubeObject, Texts } from '../api/object'
import { type Cluster, CONTROLLER, ownerOf, writeStatus } from './cluster'
import { deploymentStatus } from './deployment-status'
import { type DeploymentView, deploymentView, wantedOf } from './deployment-view'
import { Loop } from './loop'
import { newWanted, oldScalings } from './rollout'

const HASH = 'pod-template-hash'

/** Rolls Deployments out: one ReplicaSet for each pod template, old ones shrinking as the new one becomes available. */
export class Deployments {
  readonly #cluster: Cluster
  readonly #loop = new Loop(uid => this.#work(uid))

  constructor(cluster: Cluster) {
    this.#cluster = cluster
    const { store } = cluster.writer
    store.listen(kinds.deployment, ({ object }) => this.#loop.add(object.metadata.uid))
    store.listen(kinds.replicaSet, ({ object }) => {
      for (const owner of object.metadata.ownerReferences ?? []) this.#loop.add(owner.uid)
    })
  }

  stop(): void {
    this.#loop.stop()
  }

  #work(uid: string): void {
    const { owners } = this.#cluster
    const object = owners.living(uid)?.object
    if (object?.kind !== 'Deployment' || object.metadata.deletionTimestamp !== undefined) return
    const view = deploymentView(object)
    const sets = owners.children(uid, kinds.replicaSet).sort(oldestFirst)
    const found = sets.find(set => set.metadata.labels?.[HASH] === view.hash)
    const old = sets.filter(set => set !== found)
    if (!found && view.isPaused) {
      this.#report(uid)
      return
    }
    const newest = this.#newest(view, found, old)
    if (!view.isPaused || old.every(set => wantedOf(set) === 0)) {
      this.#scale(view, newest, newWanted(view, wantedOf(newest), old))
      const grown = owners.living(newest.metadata.uid)?.object ?? newest
      for (const { set, to } of oldScalings(view, grown, old)) this.#scale(view, set, to)
    }
    this.#report(view.object.metadata.uid)
    this.#forgetOld(view, old)
    if (view.deadlineSeconds > 0) this.#loop.addAfter(uid, view.deadlineSeconds * 1000 + 500)
  }

  #newest(view: DeploymentView, found: KubeObject | undefined, old: readonly KubeObject[]): KubeObject {
    const revision = String(
      Math.max(0, ...old.map(set => Number(set.metadata.annotations?.[REVISION] ?? 0))) + 1,
    )
    const current = found && Number(found.metadata.annotations?.[REVISION] ?? 0) >= Number(revision)
    const set =
      found && current ? found : found ? this.#annotate(found, revision) : this.#create(view, old, revision)
    this.#markDeployment(view.object, set.metadata.annotations?.[REVISION] ?? revision)
    return set
  }

  #create(view: DeploymentView, old: readonly KubeObject[], revision: string): KubeObject {
    const { writer, recorder } = this.#cluster
    const { metadata, spec } = view.object
    const { labels } = fieldsOf(view.template.metadata)
    const hashed = { ...textsIn(labels), [HASH]: view.hash }
    const replicas = newWanted(view, 0, old)
    const selector = fieldsOf(fieldsOf(spec).selector)
    const set = writer.create(
      kinds.replicaSet,
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: {
          namespace: metadata.namespace,
          name: `${metadata.name}-${view.hash}`,
          labels: hashed,
          annotations: { ...scaleNotes(view), [REVISION]: revision },
          ownerReferences: [ownerOf(kinds.deployment, view.object)],
        },
        spec: {
          replicas,
          ...(view.minReadySeconds > 0 && { minReadySeconds: view.minReadySeconds }),
          selector: { ...selector, matchLabels: { ...fieldsOf(selector.matchLabels), [HASH]: view.hash } },
          template: { ...view.template, metadata: { ...fieldsOf(view.template.metadata), labels: hashed } },
        },
      },
      { manager: CONTROLLER },
    )
    if (replicas > 0) recorder.record(view.object, scaledEvent(set, 0, replicas))
    return set
  }

  #annotate(set: KubeObject, revision: string): KubeObject {
    const annotations = { ...set.metadata.annotations, [REVISION]: revision }
    return this.#cluster.writer.update(
      kinds.replicaSet,
      { ...set, metadata: { ...set.metadata, annotations } },
      { manager: CONTROLLER },
    )
  }

  #markDeployment({ metadata }: KubeObject, revision: string): void {
    const now = this.#cluster.writer.store.get(kinds.deployment, metadata.namespace, metadata.name)
    if (!now || now.metadata.annotations?.[REVISION] === revision) return
    const annotations = { ...now.metadata.annotations, [REVISION]: revision }
    this.#cluster.writer.update(
      kinds.deployment,
      { ...now, metadata: { ...now.metadata, annotations } },
      { manager: CONTROLLER },
    )
  }

  #scale(view: DeploymentView, set: KubeObject, to: number): void {
    const from = wantedOf(set)
    const annotations = { ...set.metadata.annotations, ...scaleNotes(view) }
    const wanted = {
      ...set,
      metadata: { ...set.metadata, annotations },
      spec: { ...fieldsOf(set.spec), replicas: to },
    }
    this.#cluster.writer.update(kinds.replicaSet, wanted, { manager: CONTROLLER })
    if (from !== to) this.#cluster.recorder.record(view.object, scaledEvent(set, from, to))
  }

  #report(uid: string): void {
    const { owners, writer } = this.#cluster
    const object = owners.living(uid)?.object
    if (!object) return
    const view = deploymentView(object)
    const sets = owners.children(uid, kinds.replicaSet)
    const newest = sets.find(set => set.metadata.labels?.[HASH] === view.hash)
    if (!newest && !view.isPaused) return
    const now = { ms: writer.clock.nowMs(), iso: writer.clock.nowIso() }
    const status = deploymentStatus(
      view,
      newest,
      sets.filter(set => set !== newest),
      now,
    )
    writeStatus(writer, kinds.deployment, object, status)
  }

  #forgetOld(view: DeploymentView, old: readonly KubeObject[]): void {
    const done = old.filter(set => wantedOf(set) === 0 && !('readyReplicas' in fieldsOf(set.status)))
    for (const { metadata } of done.slice(0, Math.max(0, done.length - view.historyLimit))) {
      this.#cluster.writer.delete(kinds.replicaSet, metadata.namespace, metadata.name, {})
    }
  }
}

const textsIn = (raw: unknown): Texts =>
  Object.fromEntries(Object.entries(fieldsOf(raw)).map(([key, value]) => [key, textOf(value)]))

const scaleNotes = ({ replicas, maxSurge, recreates }: DeploymentView): Texts => ({
  'deployment.kubernetes.io/desired-replicas': String(replicas),
  'deployment.kubernetes.io/max-replicas': String(replicas + (recreates ? 0 : maxSurge)),
})

const scaledEvent = (set: KubeObject, from: number, to: number) => ({
  reason: 'ScalingReplicaSet',
  message: `Scaled ${to > from ? 'up' : 'down'} replica set ${set.metadata.name} from ${from} to ${to}`,
  by: 'deployment-controller',
})

const oldestFirst = (one: KubeObject, other: KubeObject): number =>
  Number(one.metadata.annotations?.[REVISION] ?? 0) - Number(other.metadata.annotations?.[REVISION] ?? 0)
