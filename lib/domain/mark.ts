import type { HeaderRule, Rules } from '@/lib/domain/model/release'
import type { Lane } from '@/lib/domain/model/samples'

/** What a request carries so that a rule picks it up. */
export type Mark = { name: string; value: string }

/** A header value that makes this rule pick a request; null where the rule is a pattern without an example. */
export function headerMark({ name, value, pattern, example }: HeaderRule): Mark | null {
  if (value) return { name, value }
  if (!pattern) return { name, value: 'always' }
  return example ? { name, value: example } : null
}

/** The lanes a release is sampled in, each with what its probes carry as text; null where an example is needed. */
export function lanesOf({ header, cookie }: Rules): { lane: Lane; mark: string | null }[] {
  const byHeader = header && headerMark(header)
  return [
    { lane: 'everyone', mark: '' },
    ...(header
      ? [{ lane: 'header' as const, mark: byHeader ? `${byHeader.name}: ${byHeader.value}` : null }]
      : []),
    ...(cookie === null ? [] : [{ lane: 'cookie' as const, mark: `${cookie}=always` }]),
  ]
}
