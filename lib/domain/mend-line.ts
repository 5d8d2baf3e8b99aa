import type { Finding } from '@/lib/domain/model/release'

/** One thing that a mending changes: where, what stands there now, and what will; null where nothing does. */
export type MendLine = { at: string; before: string | null; after: string | null }

type Written = { op: string; path: string; value?: unknown }

const asText = (value: unknown): string | null =>
  value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value)

/** A JSON pointer as findings say where: annotations by their key, fields as a path. Source: RFC 6901. */
function placeOf(pointer: string): string {
  const parts = pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const [root, list, ...rest] = parts
  if (root === 'metadata' && list === 'annotations') return rest.join('/')
  return parts
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : index > 0 ? `.${part}` : part))
    .join('')
}

/** What a JSON patch changes, as lines for a reader: its tests say what stands there now. */
export function mendLines(patch: readonly Written[]): MendLine[] {
  const before = new Map(
    patch.filter(({ op }) => op === 'test').map(({ path, value }) => [path, asText(value)]),
  )
  return patch
    .filter(({ op }) => op !== 'test')
    .map(({ path, value }) => ({ at: placeOf(path), before: before.get(path) ?? null, after: asText(value) }))
}

/** What mending a finding of this id means: nothing changes, or a canary without effect gets one, parked. */
export const mendEffect = ({ id }: Pick<Finding, 'id'>): 'same' | 'comes-to-life' =>
  id === 'L02' || id === 'L28' ? 'comes-to-life' : 'same'
