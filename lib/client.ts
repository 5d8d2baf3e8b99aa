import type { ProblemBody } from '@/lib/contract'
import type { ReleaseId } from '@/lib/domain/model/release'

/** What a call came to: the answer, or a problem to show where the hand is. */
export type Reply<T> = { ok: true; value: T } | { ok: false; problem: ProblemBody }

/** Address of a cluster in the API; more parts lead to what belongs to it. */
export const clusterUrl = (...parts: readonly [cluster: string, ...string[]]): string =>
  `/api/clusters/${parts.map(encodeURIComponent).join('/')}`

/** Address of a release in the API; more parts lead to what belongs to it. */
export const urlOf = ({ cluster, namespace, name }: ReleaseId, ...more: readonly string[]): string =>
  clusterUrl(cluster, 'releases', namespace, name, ...more)

/**
 * Sends one call and returns what came of it; never throws.
 * Errors: `no-contact` when there was no answer, or none of Halftone's; else the server's own problem.
 */
export async function send<T>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  body?: unknown,
): Promise<Reply<T>> {
  try {
    const answer = await fetch(url, {
      method,
      cache: 'no-store',
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    const value = JSON.parse(await answer.text())
    if (answer.ok) return { ok: true, value: value as T }
    return { ok: false, problem: isProblem(value) ? value : noContact(answer.status) }
  } catch {
    return { ok: false, problem: noContact(0) }
  }
}

const isProblem = (value: unknown): value is ProblemBody =>
  typeof value === 'object' && value !== null && 'code' in value && 'title' in value

const noContact = (status: number): ProblemBody => ({
  type: 'urn:halftone:problem:no-contact',
  status,
  code: 'no-contact',
  title: 'Halftone did not answer; nothing is known about this call',
  requestId: '',
})
