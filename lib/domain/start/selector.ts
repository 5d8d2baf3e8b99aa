import { fieldsOf, itemsOf, textOf, textsOf } from '@/lib/domain/raw'

type Labels = Readonly<Record<string, string>>

/** One condition on labels. */
export type Requirement = { key: string; operator: string; values: readonly string[] }

/** All of its requirements must hold; an empty selector selects everything, null nothing. */
export type LabelSelector = readonly Requirement[] | null

const equalities = (labels: Labels): Requirement[] =>
  Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [value] }))

/** A label selector with matchLabels and matchExpressions; null where there is none. */
export function parseLabelSelector(raw: unknown): LabelSelector {
  if (typeof raw !== 'object' || raw === null) return null
  const { matchLabels, matchExpressions } = fieldsOf(raw)
  const expressions = itemsOf(matchExpressions).map(item => {
    const { key, operator, values } = fieldsOf(item)
    return { key: textOf(key), operator: textOf(operator), values: itemsOf(values).map(textOf) }
  })
  return [...equalities(textsOf(matchLabels)), ...expressions]
}

/** A Service's selector, which is nothing but equal labels; without any it selects nothing. */
export const serviceSelector = (labels: Labels | null): LabelSelector =>
  labels && Object.keys(labels).length > 0 ? equalities(labels) : null

function holds({ key, operator, values }: Requirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return value === undefined || !values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return true
  }
}

/**
 * Does this selector pick up a pod with these labels.
 * Limits: an operator nobody knows counts as met, so that doubt means an overlap. Source: Kubernetes, apimachinery labels.Requirement.
 */
export const selects = (selector: LabelSelector, labels: Labels): boolean =>
  selector?.every(requirement => holds(requirement, labels)) ?? false

function requirementText({ key, operator, values }: Requirement): string {
  if (operator === 'In' && values.length === 1) return `${key}: ${values[0]}`
  return values.length > 0 ? `${key} ${operator} (${values.join(', ')})` : `${key} ${operator}`
}

/** A selector as people write it: `app: user, tier In (a, b)`. */
export const selectorText = (selector: LabelSelector): string =>
  selector === null ? 'nothing' : selector.map(requirementText).join(', ') || 'every pod'
