import { findingOf } from '@/lib/domain/finding'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Finding } from '@/lib/domain/model/release'
import { ownerOf } from '@/lib/domain/owner'

/** Tools that write what stands in a repository, by the label or annotation they leave. */
const SYNCING: readonly [key: string, manager: string][] = [
  ['argocd.argoproj.io/instance', 'Argo CD'],
  ['argocd.argoproj.io/tracking-id', 'Argo CD'],
  ['kustomize.toolkit.fluxcd.io/name', 'Flux'],
  ['helm.toolkit.fluxcd.io/name', 'Flux'],
]
const BY_NAME: ReadonlyMap<string, string> = new Map([
  ['helm', 'Helm'],
  ['argocd', 'Argo CD'],
  ['argo-cd', 'Argo CD'],
  ['flux', 'Flux'],
])

function syncedBy({ labels, annotations }: Ingress): { manager: string; key: string } | null {
  for (const [key, manager] of SYNCING) {
    if (labels[key] ?? annotations[key]) return { manager, key }
  }
  const key = 'app.kubernetes.io/managed-by'
  const manager = BY_NAME.get(labels[key]?.toLowerCase() ?? '')
  return manager === undefined ? null : { manager, key }
}

/**
 * L37: another tool keeps the canary. An error where it steers canaries by itself, so that we only read; a warning where
 * it writes what is in its repository at the next sync.
 * Source: canary-semantics.md F.
 */
export function keeperFindings(canary: Ingress): Finding[] {
  const object = `${canary.namespace}/${canary.name}`
  const owner = ownerOf(canary)
  if (owner) {
    const manager = `${owner.kind} ${owner.name}`
    return [findingOf('L37', `${object} metadata.ownerReferences`, { manager }, 'error')]
  }
  const synced = syncedBy(canary)
  return synced ? [findingOf('L37', `${object} metadata[${synced.key}]`, { manager: synced.manager })] : []
}
