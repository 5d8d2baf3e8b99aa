import 'server-only'
import type { ReleaseId } from '@/lib/domain/model/release'
import { fail, ok, type Result } from '@/lib/domain/problem'

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/

const shapes = {
  cluster: { pattern: /^[a-z0-9-]{1,63}$/, words: 'a cluster’s name: a-z, 0-9, "-", at most 63' },
  namespace: { pattern: LABEL, words: 'a namespace’s name: a-z, 0-9, "-", at most 63' },
  name: { pattern: SUBDOMAIN, words: 'an Ingress’s name: a-z, 0-9, "-", ".", at most 253' },
} as const

type Part = keyof typeof shapes

function partOf(part: Part, text: string): Result<string> {
  if (shapes[part].pattern.test(text)) return ok(text)
  return fail('invalid-input', `This is not ${shapes[part].words}`, { field: part })
}

/** Reads a cluster's name out of an address. Errors: `invalid-input` with the field. */
export const parseClusterName = (text = ''): Result<string> => partOf('cluster', text)

/**
 * Reads the identity of a release out of an address; whether it exists is the cluster's to say.
 * Errors: `invalid-input` with the field. Source: DNS-1123 label and subdomain.
 */
export function parseReleaseId(parts: Readonly<Partial<Record<Part, string>>>): Result<ReleaseId> {
  const cluster = partOf('cluster', parts.cluster ?? '')
  if (!cluster.ok) return cluster
  const namespace = partOf('namespace', parts.namespace ?? '')
  if (!namespace.ok) return namespace
  const name = partOf('name', parts.name ?? '')
  if (!name.ok) return name
  return ok({ cluster: cluster.value, namespace: namespace.value, name: name.value })
}
