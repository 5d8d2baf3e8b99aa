import 'server-only'
import type { Manifest } from '@/lib/domain/model/start'
import { fail } from '@/lib/domain/problem'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { pathOf } from '@/lib/server/kubernetes/kind'
import { kinds } from '@/lib/server/kubernetes/kinds'
import type { Outcome } from '@/lib/server/kubernetes/refusal'

/** Where the API server keeps what a start makes. */
export const places = { Deployment: kinds.deployments, Service: kinds.services, Ingress: kinds.ingresses }

export type PlaceName = keyof typeof places

/** Is this a kind that a start makes. */
export const isPlace = (kind: string): kind is PlaceName => Object.hasOwn(places, kind)

/** Errors: thrown for any other kind. */
function placeOf({ kind, metadata }: Pick<Manifest, 'kind' | 'metadata'>): string {
  if (!isPlace(kind)) throw new Error(`A start makes no ${kind}`)
  return pathOf(places[kind], metadata.namespace)
}

/**
 * Creates one object of a start; with `dryRun` everything is asked that a real write would ask, and nothing is written.
 *
 * Errors: already-exists with `params.kind` and `params.name`; cluster-forbids (rights, quota), cluster-refuses (webhook,
 * validation), not-found (no such namespace), cluster-busy, cluster-unreachable: then it may have been written.
 */
export async function createObject(
  connection: Connection,
  manifest: Manifest,
  { dryRun, timeoutMs }: { dryRun: boolean; timeoutMs?: number },
): Promise<Outcome<{ status: number; text: string }>> {
  const query = new URLSearchParams({ fieldManager: 'halftone', ...(dryRun && { dryRun: 'All' }) })
  const answer = await connection.request('POST', `${placeOf(manifest)}?${query}`, {
    body: manifest,
    contentType: 'application/json',
    ...(timeoutMs !== undefined && { timeoutMs }),
  })
  if (answer.ok || answer.problem.code !== 'already-exists') return answer
  const { kind, metadata } = manifest
  const params = { ...answer.problem.params, kind, name: metadata.name }
  return { ...answer, ...fail('already-exists', `There is a ${kind} ${metadata.name} already`, { params }) }
}
