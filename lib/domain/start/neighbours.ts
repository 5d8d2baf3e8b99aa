import { fieldsOf, itemsOf, textOf, textsOf } from '@/lib/domain/raw'
import type { Relabelling } from '@/lib/domain/start/relabel'
import { parseLabelSelector, selects } from '@/lib/domain/start/selector'

type Fields = Readonly<Record<string, unknown>>
type Labels = Pick<Relabelling, 'before' | 'after'>
type Rewrite = (selector: unknown) => unknown

/** A selector of the stable version's own pods by their new labels; one that goes by other pods as it is. */
const rewriting =
  (stable: Readonly<Record<string, string>>, { before, after }: Labels): Rewrite =>
  raw => {
    if (!selects(parseLabelSelector(raw), stable)) return raw
    const renamed = (key: string, value: string) => (before[key] === value ? (after[key] ?? value) : value)
    const { matchLabels, matchExpressions, ...others } = fieldsOf(raw)
    const equal = Object.entries(textsOf(matchLabels)).map(([key, value]) => [key, renamed(key, value)])
    const expressions = itemsOf(matchExpressions).map(item => {
      const { key, values } = fieldsOf(item)
      const isIn = fieldsOf(item).operator === 'In'
      return isIn
        ? { ...fieldsOf(item), values: itemsOf(values).map(value => renamed(textOf(key), textOf(value))) }
        : item
    })
    return {
      ...others,
      ...(matchLabels !== undefined && { matchLabels: Object.fromEntries(equal) }),
      ...(matchExpressions !== undefined && { matchExpressions: expressions }),
    }
  }

function everyLabelSelector(raw: unknown, rewrite: Rewrite): unknown {
  if (Array.isArray(raw)) return raw.map(each => everyLabelSelector(each, rewrite))
  if (typeof raw !== 'object' || raw === null) return raw
  const entries = Object.entries(raw).map(([key, value]) => [
    key,
    key === 'labelSelector' ? rewrite(value) : everyLabelSelector(value, rewrite),
  ])
  return Object.fromEntries(entries)
}

/**
 * The spec of pods in which what spreads or gathers the stable version's own pods does the same with the new ones: a required
 * anti-affinity left as it is would keep them from every node where the stable version runs. What goes by other pods stays.
 */
export function withOwnNeighbours(
  podSpec: Fields,
  stable: Readonly<Record<string, string>>,
  labels: Labels,
): Fields {
  const rewrite = rewriting(stable, labels)
  const { affinity, topologySpreadConstraints: spread } = podSpec
  return {
    ...podSpec,
    ...(affinity !== undefined && { affinity: everyLabelSelector(affinity, rewrite) }),
    ...(spread !== undefined && { topologySpreadConstraints: everyLabelSelector(spread, rewrite) }),
  }
}
