import { fieldsOf } from '@/lib/domain/raw'
import { FOREGROUND, ORPHAN } from '../api/ending'
import { allKinds, kindNamed, kinds } from '../api/kinds'
import type { KubeObject } from '../api/object'
import { type Cluster, CONTROLLER } from './cluster'
import { Loop } from './loop'
import type { Member } from './owners'

/** Ends what has lost its owner, and namespaces with all that is in them. */
export class Garbage {
  readonly #cluster: Cluster
  readonly #dependents = new Loop(uid => this.#collect(uid))
  readonly #owners = new Loop(uid => this.#finish(uid))
  readonly #namespaces = new Loop(name => this.#empty(name))

  constructor(cluster: Cluster) {
    this.#cluster = cluster
    for (const kind of allKinds) {
      cluster.writer.store.listen(kind, ({ type, object }) => {
        const { uid, namespace, deletionTimestamp, ownerReferences } = object.metadata
        if (type === 'DELETED') {
          for (const { object: dependent } of cluster.owners.dependents(uid))
            this.#dependents.add(dependent.metadata.uid)
          for (const owner of ownerReferences ?? []) this.#owners.add(owner.uid)
          if (namespace !== undefined) this.#namespaces.add(namespace)
        } else {
          if (ownerReferences !== undefined && type === 'ADDED') this.#dependents.add(uid)
          if (deletionTimestamp !== undefined && object.metadata.finalizers !== undefined)
            this.#owners.add(uid)
          if (kind === kinds.namespace && deletionTimestamp !== undefined)
            this.#namespaces.add(object.metadata.name)
        }
      })
    }
  }

  stop(): void {
    for (const loop of [this.#dependents, this.#owners, this.#namespaces]) loop.stop()
  }

  /** Ends an object all of whose owners are gone. Owners of a kind the sandbox does not know count as living. */
  #collect(uid: string): void {
    const { owners, writer } = this.#cluster
    const member = owners.living(uid)
    const references = member?.object.metadata.ownerReferences ?? []
    if (!member || references.length === 0 || member.object.metadata.deletionTimestamp !== undefined) return
    const isHeld = references.some(each => owners.living(each.uid) || !kindNamed(each.apiVersion, each.kind))
    if (isHeld) return
    const { namespace, name } = member.object.metadata
    writer.delete(member.kind, namespace, name, { policy: 'Background' })
  }

  /** Lets an owner go that waits for its dependents, or whose dependents are to be orphans. */
  #finish(uid: string): void {
    const owner = this.#cluster.owners.living(uid)
    if (owner?.object.metadata.deletionTimestamp === undefined) return
    const finalizers = owner.object.metadata.finalizers ?? []
    if (finalizers.includes(ORPHAN)) return void this.#orphan(owner)
    if (!finalizers.includes(FOREGROUND)) return
    const waiting = this.#cluster.owners.dependents(uid)
    for (const { kind, object } of waiting) {
      if (object.metadata.deletionTimestamp !== undefined) continue
      const policy =
        this.#cluster.owners.dependents(object.metadata.uid).length > 0 ? 'Foreground' : 'Background'
      this.#cluster.writer.delete(kind, object.metadata.namespace, object.metadata.name, { policy })
    }
    if (this.#cluster.owners.dependents(uid).length === 0) this.#release(owner, FOREGROUND)
    else this.#owners.addAfter(uid, RECHECK_MS)
  }

  #orphan(owner: Member): void {
    const { uid } = owner.object.metadata
    for (const { kind, object } of this.#cluster.owners.dependents(uid)) {
      const ownerReferences = (object.metadata.ownerReferences ?? []).filter(each => each.uid !== uid)
      this.#cluster.writer.update(
        kind,
        { ...object, metadata: { ...object.metadata, ownerReferences } },
        { manager: CONTROLLER },
      )
    }
    this.#release(owner, ORPHAN)
  }

  #release({ object, kind }: Member, finalizer: string): void {
    const finalizers = (object.metadata.finalizers ?? []).filter(each => each !== finalizer)
    this.#cluster.writer.update(
      kind,
      { ...object, metadata: { ...object.metadata, finalizers } },
      { manager: CONTROLLER },
    )
  }

  #empty(name: string): void {
    const { store } = this.#cluster.writer
    const namespace = store.get(kinds.namespace, undefined, name)
    if (namespace?.metadata.deletionTimestamp === undefined) return
    let left = 0
    for (const kind of allKinds.filter(each => each.namespaced)) {
      for (const object of store.list(kind, name)) {
        left += 1
        if (object.metadata.deletionTimestamp === undefined) this.#end(kind, object)
      }
    }
    if (left === 0) store.remove(kinds.namespace, namespace)
    else this.#namespaces.addAfter(name, RECHECK_MS)
  }

  #end(kind: (typeof allKinds)[number], { metadata }: KubeObject): void {
    if (fieldsOf(metadata).namespace === undefined) return
    this.#cluster.writer.delete(kind, metadata.namespace, metadata.name, { policy: 'Background' })
  }
}

const RECHECK_MS = 100
