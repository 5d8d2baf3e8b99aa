import { expect, test } from 'vitest'
import type { Samples } from '@/lib/domain/model/samples'
import { parkedOf } from '@/lib/domain/operation/park'

const samples = (inEffect: string | null, ...verdicts: string[]) =>
  ({ inEffect, lanes: verdicts.map(verdict => ({ verdict })) }) as unknown as Samples

test.each([
  [
    'answers have shown that everybody is on stable',
    samples('t', 'as-configured'),
    { is: 'in-effect', at: 't' },
  ],
  ['not enough answers yet', samples(null, 'not-enough-yet'), { is: 'open' }],
  ['nothing can be measured', samples(null, 'cannot-measure'), { is: 'open' }],
  ['nobody has looked', null, { is: 'open' }],
  [
    'one lane still gets the canary',
    samples('t', 'as-configured', 'not-as-configured'),
    { is: 'contradicted' },
  ],
])('%s', (_case, seen, expected) => {
  expect(parkedOf(seen)).toEqual(expected)
})
