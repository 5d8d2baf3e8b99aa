import { allKinds, type Kind } from '../api/kinds'
import type { KubeObject } from '../api/object'
import type { Change, Store } from '../api/store'

/** An object and its kind. */
export type Member = { kind: Kind; object: KubeObject }

/** Who owns what, kept up to date: children by the uid of their owner, and every living uid. */
export class Owners {
  readonly #children = new Map<string, Map<string, Member>>()
  readonly #living = new Map<string, Member>()

  constructor(store: Store) {
    for (const kind of allKinds) store.listen(kind, change => this.#take(kind, change))
  }

  /** Objects of a kind whose controller is this owner. */
  children(uid: string, kind: Kind): KubeObject[] {
    return this.dependents(uid).flatMap(member => (member.kind === kind ? member.object : []))
  }

  /** Everything that names this owner. */
  dependents(uid: string): Member[] {
    return [...(this.#children.get(uid)?.values() ?? [])]
  }

  /** The object with a uid, while it lives. */
  living(uid: string): Member | undefined {
    return this.#living.get(uid)
  }

  #take(kind: Kind, { type, object, before }: Change): void {
    const { uid } = object.metadata
    for (const owner of before?.metadata.ownerReferences ?? []) {
      const children = this.#children.get(owner.uid)
      children?.delete(uid)
      if (children?.size === 0) this.#children.delete(owner.uid)
    }
    if (type === 'DELETED') return void this.#living.delete(uid)
    const member = { kind, object }
    this.#living.set(uid, member)
    for (const owner of object.metadata.ownerReferences ?? []) {
      const children = this.#children.get(owner.uid) ?? new Map<string, Member>()
      this.#children.set(owner.uid, children.set(uid, member))
    }
  }
}
