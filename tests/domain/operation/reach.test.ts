import { expect, test } from 'vitest'
import type { ReleaseState } from '@/lib/domain/model/release'
import type { Samples } from '@/lib/domain/model/samples'
import { reachedOf } from '@/lib/domain/operation/reach'
import { noVersion } from '@/lib/domain/version'

const canary = { ...noVersion, endpoints: { ready: 1, total: 1 } }
const parked = { state: 'parked' as const, canary }
const samples = (more: Partial<Samples>): Samples =>
  ({ state: 'sampling', reachable: null, lanes: [], ...more }) as Samples
const reachable = (state: 'proven' | 'not-proven' | 'cannot-measure', at: string | null = null) =>
  samples({ reachable: { state, at } })
const everyone = (why: string) => ({ lanes: [{ lane: 'everyone', why }] }) as unknown as Partial<Samples>

test.each([
  ['an answer of the canary proves it', parked, reachable('proven', 't'), { is: 'proven', at: 't' }],
  ['without an answer nothing is proven', parked, reachable('not-proven'), { is: 'not-proven' }],
  ['before anything was asked nothing is proven', parked, null, { is: 'not-proven' }],
  [
    'sampling that is off proves nothing, ever',
    parked,
    samples({ state: 'off' }),
    { is: 'not-provable', why: 'sampling-off' },
  ],
  [
    'a gateway that is away: nothing can be told, and why',
    parked,
    samples({ reachable: { state: 'cannot-measure', at: null }, ...everyone('gateway-unreachable') }),
    { is: 'blind', why: 'gateway-unreachable' },
  ],
  [
    'as long as nobody knows why nothing can be told, no reason is given',
    parked,
    reachable('cannot-measure'),
    { is: 'blind', why: null },
  ],
  [
    'a canary whose endpoints have gone is not reachable',
    { ...parked, canary: noVersion },
    reachable('cannot-measure'),
    { is: 'not-proven' },
  ],
  ['a dead canary is not reachable', { ...parked, state: 'dead' as const }, null, { is: 'not-proven' }],
  ...(['shifting', 'marked', 'all-canary'] as const).map(
    (state): [string, { state: ReleaseState; canary: typeof canary }, Samples | null, object] => [
      `${state}: it is not asked, because it gets requests`,
      { state, canary },
      null,
      { is: 'not-provable', why: 'not-parked' },
    ],
  ),
])('%s', (_case, release, seen, expected) => {
  expect(reachedOf({ release, samples: seen })).toEqual(expected)
})
