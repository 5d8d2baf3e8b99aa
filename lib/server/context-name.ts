import 'server-only'
import type { NamedContext } from '@/lib/server/env-values'

/** A cluster as Halftone calls it, and the context of the kubeconfig behind it. */
export type ClusterName = { cluster: string; context: string }

/**
 * A name that fits into addresses, from any context's name: `arn:aws:eks:…:cluster/prod` → `arn-aws-eks-cluster-prod`.
 * Limits: at most 63 characters of a-z, 0-9 and "-"; `cluster` where nothing is left.
 */
export function slugOf(context: string): string {
  const words = context
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return words.slice(-63).replace(/^-+|-+$/g, '') || 'cluster'
}

/** Gives every context a name of its own: the operator's, else its slug, numbered where two would be the same. */
export function nameContexts(contexts: readonly NamedContext[]): ClusterName[] {
  const taken = new Set(contexts.flatMap(each => each.cluster ?? []))
  return contexts.map(({ cluster, context }) => {
    if (cluster) return { cluster, context }
    const slug = slugOf(context)
    let name = slug
    for (let n = 2; taken.has(name); n++) name = `${slug.slice(0, 59)}-${n}`
    taken.add(name)
    return { cluster: name, context }
  })
}
