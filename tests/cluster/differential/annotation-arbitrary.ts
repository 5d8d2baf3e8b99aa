import fc, { type Arbitrary } from 'fast-check'

type Annotations = Record<string, string>

const HEADERS = [
  'X-Canary',
  'X-Canary',
  'X-Canary',
  'x_canary',
  'User-Agent',
  'Cookie',
  'Host',
  'X.Dot',
  'X Blank',
  'X@',
  '',
]
const VALUES = ['v2', 'always', 'Never', 'a b', 'user@x.com', ' v2 ', 'a,b', '']
const PATTERNS = [
  '^v[0-9]+$',
  'v',
  '(?i)^V2$',
  '(',
  '[a-',
  '^(v1|v2)$',
  '\\d+',
  '^a,b',
  'a b',
  '.*',
  '(?!v)',
  '',
]
const COOKIES = ['canary', 'canary', 'can-ary', 'can.ary', 'Canary', 'bad;name', 'a b', '']
const TRUTHS = ['1', 't', 'TRUE', 'True', 'yes', '', 'false', ' true', '0']
const TOTALS = ['100', '200', '1000', '50', '0', '-1', 'abc', '10.5', '+150', '']
const NO_SHARE = ['0', '-5', 'abc', '10.5', '50%', '', '1e2', ' 100']

/** The total that a text counts as. Source: canary-semantics.md A.3.7. */
const effective = (text: string | undefined): number => {
  const total = /^[+-]?\d+$/.test(text ?? '') ? Number(text) : 100
  return Math.max(total, 100)
}

const sometimes = (texts: readonly string[], weight = 1): Arbitrary<string | undefined> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight, arbitrary: fc.constantFrom<string | undefined>(...texts) },
  )

/** Weights that draw nothing: none at all, or the whole. */
const weights: Arbitrary<Annotations> = sometimes(TOTALS).chain(total => {
  const all = effective(total)
  return sometimes([...NO_SHARE, `${all}`, `${all}`, `${all}`, `+${all}`, `${all + 100}`], 3).map(weight => ({
    ...(weight !== undefined && { 'canary-weight': weight }),
    ...(total !== undefined && { 'canary-weight-total': total }),
  }))
})

const written = (record: Record<string, string | undefined>): Annotations =>
  Object.fromEntries(
    Object.entries(record).flatMap(([key, text]) => (text === undefined ? [] : [[key, text] as const])),
  )

/** Cookie affinity of an ordinary Ingress. */
const affinity: Arbitrary<Annotations> = fc
  .record({
    affinity: fc.constantFrom<string | undefined>('cookie', 'cookie', 'cookie', 'Cookie', undefined),
    'session-cookie-name': sometimes(['aff', 'aff', 'b@d']),
  })
  .map(written)

/** What changes where a path or a host leads, or how an endpoint is chosen. */
const manners: Arbitrary<Annotations> = fc
  .record({
    'rewrite-target': sometimes(['/', '/x', '/$2', '/x/$1$2', '/p', 'bad;target']),
    'use-regex': sometimes(['true', 'false', 'yes']),
    'server-alias': sometimes(['al', 'al,bl', '*.al', 'a', 'b,al']),
    'load-balance': sometimes(['ewma', 'round_robin']),
    'upstream-hash-by': sometimes(['$request_uri', '$remote_addr']),
  })
  .map(written)

/** What an ordinary Ingress carries: often nothing, sometimes affinity, now and then more. */
export const mainAnnotations: Arbitrary<Annotations> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  { weight: 4, arbitrary: affinity },
  { weight: 2, arbitrary: manners },
  { weight: 1, arbitrary: fc.tuple(affinity, manners).map(both => Object.assign({}, ...both)) },
)

/** What makes an Ingress a canary, mostly; and its rules, some of them refused or without effect. */
export const canaryAnnotations: Arbitrary<Annotations> = fc
  .tuple(
    fc.record({
      canary: fc.oneof(
        { weight: 8, arbitrary: fc.constant<string | undefined>('true') },
        { weight: 1, arbitrary: fc.constantFrom<string | undefined>(...TRUTHS, undefined) },
      ),
      'canary-by-header': sometimes(HEADERS, 2),
      'canary-by-header-value': sometimes(VALUES),
      'canary-by-header-pattern': sometimes(PATTERNS),
      'canary-by-cookie': sometimes(COOKIES, 2),
      'affinity-canary-behavior': sometimes(['sticky', 'legacy', 'legacy', 'other']),
    }),
    weights,
    fc.oneof(
      { weight: 9, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: fc.oneof(affinity, manners) },
    ),
  )
  .map(([texts, weight, ignored]) => ({ ...written(texts), ...weight, ...ignored }))
