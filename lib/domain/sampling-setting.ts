import type { Ingress } from '@/lib/domain/model/ingress'
import type { Abilities } from '@/lib/domain/model/routing'
import { ownerOf } from '@/lib/domain/owner'
import { type AnnotationPatch, annotationKey, annotationPatch, ownedElsewhere } from '@/lib/domain/patch'
import { type Failure, fail, ok, type Result } from '@/lib/domain/problem'
import { fieldsOf, textOf } from '@/lib/domain/raw'

/** Where the version is read from before anything else: a response header, or an RE2 pattern on the body. */
export type VersionFrom = { header: string } | { body: string }

/**
 * How a release wants to be sampled, kept in its annotation `halftone.dev/sampling`.
 *
 * Units: `perSecond` is probes of the lane *everyone*, above 0 and at most 50. `path` and `host` stand in for a route whose own
 * cannot be asked for; `example` is a header value that matches the header rule's pattern.
 */
export type SamplingSetting = {
  perSecond?: number
  path?: string
  host?: string
  versionFrom?: VersionFrom
  example?: string
}

/** What a request may change; null takes `versionFrom` away, what is left out stays. */
export type SamplingInput = {
  perSecond?: number | undefined
  path?: string | undefined
  host?: string | undefined
  versionFrom?: VersionFrom | null | undefined
}

/** A header's name that nginx lets through: RFC 9110 letters, digits and dashes. */
export const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,62}$/
/** A plain host name. */
export const HOST =
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i
const PATH = /^\/[\x21-\x7e]{0,511}$/
/** A header value a probe can carry: printable ASCII without blanks at the ends. */
export const EXAMPLE = /^[\x21-\x7e](?:[\x20-\x7e]{0,126}[\x21-\x7e])?$/

const isRate = (rate: unknown): rate is number => typeof rate === 'number' && rate > 0 && rate <= 50
const isPath = (path: string): boolean => PATH.test(path) && !path.includes('#')

function versionFromOf(raw: unknown): VersionFrom | undefined {
  const { header, body } = fieldsOf(raw)
  if (typeof header === 'string' && HEADER_NAME.test(header)) return { header }
  return typeof body === 'string' && body !== '' && body.length <= 128 ? { body } : undefined
}

function fieldsIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return fieldsOf(JSON.parse(text))
  } catch {
    return {}
  }
}

/** The sampling setting of a canary Ingress; whatever is not as we write it is left out, field by field. */
export function parseSamplingSetting({ annotations }: Pick<Ingress, 'annotations'>): SamplingSetting {
  const fields = fieldsIn(annotations[annotationKey.sampling] ?? '')
  const path = textOf(fields.path)
  const host = textOf(fields.host)
  const example = textOf(fields.example)
  const versionFrom = versionFromOf(fields.versionFrom)
  return {
    ...(isRate(fields.perSecond) && { perSecond: fields.perSecond }),
    ...(isPath(path) && { path }),
    ...(HOST.test(host) && { host }),
    ...(versionFrom && { versionFrom }),
    ...(EXAMPLE.test(example) && { example }),
  }
}

/** The annotation's text for a setting; null, which takes the annotation away, where nothing is set. */
export function samplingText(setting: SamplingSetting): string | null {
  const { perSecond, path, host, versionFrom, example } = setting
  const text = JSON.stringify({ perSecond, path, host, versionFrom, example })
  return text === '{}' ? null : text
}

function refused(input: SamplingInput, matches: Abilities['matches']): Failure | null {
  const wrong = (field: string, title: string) =>
    fail('invalid-input', title, { field, params: { rule: field } })
  const { perSecond, path, host, versionFrom } = input
  if (perSecond !== undefined && !isRate(perSecond))
    return wrong('perSecond', 'The rate must be above 0 and at most 50 a second')
  if (path !== undefined && !isPath(path))
    return wrong('path', 'The path must begin with / and be printable ASCII without blanks or #')
  if (host !== undefined && !HOST.test(host)) return wrong('host', 'The host must be a plain host name')
  if (!versionFrom) return null
  if (!versionFromOf(versionFrom))
    return wrong('versionFrom', 'The version comes from a header, or from a pattern of 1 to 128 characters')
  const isBadPattern = 'body' in versionFrom && typeof matches(versionFrom.body, '') === 'string'
  return isBadPattern ? wrong('versionFrom.body', 'The pattern on the body is no RE2 pattern') : null
}

/**
 * Changes how a release is sampled; what the request leaves out stays as it is.
 * Errors: `owned-elsewhere`; `invalid-input` with its field; nothing is cleaned.
 */
export function samplingPatch(
  canary: Pick<Ingress, 'annotations' | 'owners'>,
  input: SamplingInput,
  { matches }: Pick<Abilities, 'matches'>,
): Result<AnnotationPatch> {
  const problem = ownedElsewhere({ owner: ownerOf(canary) }) ?? refused(input, matches)
  if (problem) return problem
  const { versionFrom: before, ...kept } = parseSamplingSetting(canary)
  const versionFrom = input.versionFrom === undefined ? before : (input.versionFrom ?? undefined)
  const setting: SamplingSetting = {
    ...kept,
    ...(input.perSecond !== undefined && { perSecond: input.perSecond }),
    ...(input.path !== undefined && { path: input.path }),
    ...(input.host !== undefined && { host: input.host }),
    ...(versionFrom && { versionFrom }),
  }
  return ok(annotationPatch({ [annotationKey.sampling]: samplingText(setting) }))
}
