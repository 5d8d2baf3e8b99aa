import { fieldsOf, textOf } from '@/lib/domain/raw'
import type { KubeObject, Texts } from './object'
import { Refusal } from './refusal'
import { qualifiedFaults } from './validation/names'

/** Whether an object is one of those asked for. */
export type Matches = (object: KubeObject) => boolean

const SET = /^\s*(\S+)\s+(in|notin)\s*\(([^)]*)\)\s*$/
const EQUALITY = /^\s*([^=!\s]+)\s*(==|=|!=)\s*([^=!\s]*)\s*$/
const PRESENCE = /^\s*(!?)\s*([^\s=!()]+)\s*$/

type Requirement = (labels: Texts) => boolean

function requirementOf(text: string): Requirement {
  const set = SET.exec(text)
  if (set) {
    const [, key = '', operator, list = ''] = set
    const values = list.split(',').map(each => each.trim())
    return operator === 'in'
      ? labels => values.includes(labels[key] ?? '\0')
      : labels => !values.includes(labels[key] ?? '\0')
  }
  const equality = EQUALITY.exec(text)
  if (equality) {
    const [, key = '', operator, value = ''] = equality
    return operator === '!=' ? labels => labels[key] !== value : labels => labels[key] === value
  }
  const presence = PRESENCE.exec(text)
  const [, not, key = ''] = presence ?? []
  const fault = presence ? qualifiedFaults(key)[0] : text
  if (fault !== undefined) throw new Refusal('BadRequest', `unable to parse requirement: ${fault}`)
  return labels => Object.hasOwn(labels, key) === (not === '')
}

/** Splits at commas outside of parentheses. */
const partsOf = (text: string): string[] => text.split(/,(?![^(]*\))/).filter(part => part.trim() !== '')

/** Labels asked for as `kubectl -l` writes them. Errors: BadRequest. */
export function labelSelector(text: string): (labels: Texts) => boolean {
  const requirements = partsOf(text).map(requirementOf)
  return labels => requirements.every(holds => holds(labels))
}

const fieldAt = (object: KubeObject, path: string): string => {
  let at: unknown = object
  for (const step of path.split('.')) at = fieldsOf(at)[step]
  return textOf(at)
}

const FIELDS: Record<string, RegExp> = {
  Pod: /^(spec\.(nodeName|restartPolicy|schedulerName|serviceAccountName)|status\.(phase|podIP))$/,
  Event:
    /^(involvedObject\.(kind|namespace|name|uid|apiVersion|resourceVersion|fieldPath)|reason|type|reportingComponent|source)$/,
  Namespace: /^status\.phase$/,
  ReplicaSet: /^status\.replicas$/,
}

/** Fields asked for. Errors: BadRequest for a field that the kind cannot be selected by. */
export function fieldSelector(text: string, kind: string): Matches {
  const wanted = partsOf(text).map(part => {
    const [, path = '', operator, value = ''] = EQUALITY.exec(part) ?? []
    if (operator === undefined)
      throw new Refusal('BadRequest', `invalid selector: '${part}'; can't understand '${part}'`)
    if (!/^metadata\.(name|namespace)$/.test(path) && !FIELDS[kind]?.test(path)) {
      const known = 'only "metadata.name", "metadata.namespace"'
      const why = FIELDS[kind]
        ? `field label not supported: ${path}`
        : `${JSON.stringify(path)} is not a known field selector: ${known}`
      throw new Refusal('BadRequest', why)
    }
    return { path, value, equal: operator !== '!=' }
  })
  return object => wanted.every(({ path, value, equal }) => (fieldAt(object, path) === value) === equal)
}

/** Both selectors of a request; undefined when it asks for everything. */
export function matchesOf(query: URLSearchParams, kind: string): Matches | undefined {
  const labels = query.get('labelSelector')
  const fields = query.get('fieldSelector')
  if (!labels && !fields) return undefined
  const byLabel = labelSelector(labels ?? '')
  const byField = fieldSelector(fields ?? '', kind)
  return object => byLabel(object.metadata.labels ?? {}) && byField(object)
}

/** The selector of a Deployment or ReplicaSet: `matchLabels` and `matchExpressions`. */
export function workloadSelector(raw: unknown): (labels: Texts) => boolean {
  const { matchLabels, matchExpressions } = fieldsOf(raw)
  const equal = Object.entries(fieldsOf(matchLabels))
  const others = labelSelector(
    Array.isArray(matchExpressions) ? matchExpressions.map(expressionText).join(',') : '',
  )
  return labels => equal.every(([key, value]) => labels[key] === value) && others(labels)
}

function expressionText(raw: unknown): string {
  const { key, operator, values } = fieldsOf(raw)
  const list = Array.isArray(values) ? values.join(',') : ''
  if (operator === 'In') return `${textOf(key)} in (${list})`
  if (operator === 'NotIn') return `${textOf(key)} notin (${list})`
  return operator === 'DoesNotExist' ? `!${textOf(key)}` : textOf(key)
}
