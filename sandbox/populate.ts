import { kindNamed, kinds } from './api/kinds'
import type { Draft } from './api/object'
import type { Writer } from './api/writer'
import type { Manifest } from './world/objects'

/** Who is said to have made the world, as if by hand. */
const WORLD = 'kubectl-client-side-apply'
const OWN_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system']

const namespaceDraft = (name: string): Draft => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })

/** Fills an empty cluster: the namespaces every cluster has, then a world. Errors: throws for a manifest the API refuses. */
export function populate(writer: Writer, world: readonly Manifest[]): void {
  for (const name of OWN_NAMESPACES)
    writer.create(kinds.namespace, namespaceDraft(name), { manager: 'kube-apiserver' })
  for (const manifest of world) {
    const kind = kindNamed(manifest.apiVersion, manifest.kind)
    if (!kind) throw new Error(`The world holds a ${manifest.kind}, which the sandbox does not know`)
    const { name, namespace } = manifest.metadata
    if (kind === kinds.namespace && writer.store.get(kind, namespace, name)) continue
    writer.create(kind, draftFrom(manifest), { manager: WORLD, isWorld: true })
  }
}

const draftFrom = (manifest: Manifest): Draft => JSON.parse(JSON.stringify(manifest)) as Draft
