import { type Cause, wrongOption } from './refusal'

const MATCH = 'resourceVersionMatch'
const MATCHES = ['Exact', 'NotOlderThan']

const no = (field: string, why: string): Cause => ({
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${why}`,
  field,
})

const none = (match: string): Cause => ({
  reason: 'FieldValueNotSupported',
  message: `Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan", ""`,
  field: MATCH,
})

/**
 * Refuses options of a list or watch that do not go together. Errors: Invalid.
 * Source: Kubernetes 1.34, apimachinery/pkg/apis/meta/internalversion/validation.
 */
export function checkListOptions(query: URLSearchParams, isWatch: boolean): void {
  const cause = isWatch ? watchFault(query) : listFault(query)
  if (cause) throw wrongOption('ListOptions', cause)
}

function watchFault(query: URLSearchParams): Cause | undefined {
  const match = query.get(MATCH) ?? ''
  const initial = query.has('sendInitialEvents')
  if (initial && match !== 'NotOlderThan')
    return no(MATCH, `sendInitialEvents requires setting ${MATCH} to NotOlderThan`)
  if (match !== '' && !initial)
    return no(MATCH, `${MATCH} is forbidden for watch unless sendInitialEvents is provided`)
  return undefined
}

function listFault(query: URLSearchParams): Cause | undefined {
  const match = query.get(MATCH) ?? ''
  if (query.has('sendInitialEvents'))
    return no('sendInitialEvents', 'sendInitialEvents is forbidden for list')
  if (match === '') return undefined
  if (!query.get('resourceVersion'))
    return no(MATCH, `${MATCH} is forbidden unless resourceVersion is provided`)
  if (query.get('continue')) return no(MATCH, `${MATCH} is forbidden with continue`)
  if (!MATCHES.includes(match)) return none(match)
  if (match === 'Exact' && query.get('resourceVersion') === '0')
    return no(MATCH, `${MATCH} "exact" is forbidden for resourceVersion "0"`)
  return undefined
}
