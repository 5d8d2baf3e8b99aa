import { fieldsOf, textOf, wholeOf } from '@/lib/domain/raw'
import type { EndOptions } from './ending'
import { wrongOption } from './refusal'
import type { WriteOptions } from './writer'

/** How a write is asked for: who, the switches of its query, and whom to tell what was odd about it. */
export type Request = { manager: string; query: URLSearchParams; warn: (text: string) => void }

const POLICIES = ['Foreground', 'Background', 'Orphan'] as const
const VALIDATIONS = ['Ignore', 'Strict', 'Warn'] as const

/** Options of a creation, replacement or patch; `name` is what refusals call them. Errors: Invalid. */
export const writeOptions = (
  { manager, query }: Request,
  name: string,
  subresource: string,
): WriteOptions => ({
  manager: query.get('fieldManager') || manager,
  dryRun: isDryRun(query.getAll('dryRun'), name),
  ...(subresource === 'status' && { subresource }),
})

/** What is to become of fields that a kind does not have. Errors: Invalid. */
export function fieldValidation({ query }: Request, name: string): (typeof VALIDATIONS)[number] {
  const wanted = query.get('fieldValidation') || 'Warn'
  const found = VALIDATIONS.find(each => each === wanted)
  if (!found) throw unsupported(name, 'fieldValidation', wanted, ['', ...VALIDATIONS])
  return found
}

/** Options of a deletion, from its body and its query. Errors: Invalid. */
export function endOptions(body: unknown, { query }: Request): EndOptions & { dryRun: boolean } {
  const options = fieldsOf(body)
  const { uid, resourceVersion } = fieldsOf(options.preconditions)
  const wanted = textOf(options.propagationPolicy) || query.get('propagationPolicy')
  const policy = POLICIES.find(each => each === wanted)
  if (wanted && !policy) throw unsupported('DeleteOptions', 'propagationPolicy', wanted, [...POLICIES, 'nil'])
  const dryRun = Array.isArray(options.dryRun) ? options.dryRun : query.getAll('dryRun')
  const grace =
    options.gracePeriodSeconds ??
    (query.has('gracePeriodSeconds') ? Number(query.get('gracePeriodSeconds')) : undefined)
  return {
    dryRun: isDryRun(dryRun, 'DeleteOptions'),
    ...(policy && { policy }),
    ...(grace !== undefined && { gracePeriodSeconds: wholeOf(grace) }),
    ...(typeof uid === 'string' && { uid }),
    ...(typeof resourceVersion === 'string' && { resourceVersion }),
  }
}

function isDryRun(wanted: readonly unknown[], name: string): boolean {
  if (wanted.some(each => each !== 'All')) throw unsupported(name, 'dryRun', wanted, ['All'])
  return wanted.length > 0
}

function unsupported(name: string, field: string, value: unknown, supported: readonly string[]) {
  const list = supported.map(each => JSON.stringify(each)).join(', ')
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`
  return wrongOption(name, { reason: 'FieldValueNotSupported', message, field })
}
