import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SetWeight } from '@/lib/contract'
import type { Release } from '@/lib/domain/model/release'
import { rollbackPatch } from '@/lib/domain/rollback'
import { totalsOf, weightPatch } from '@/lib/domain/weight'

const NGINX = 'nginx.ingress.kubernetes.io/'
const owner = { kind: 'Rollout', name: 'user' }
const notCanary = { id: 'L10', severity: 'error', where: '', params: {}, title: '', why: '' } as const
type Steered = Pick<Release, 'id' | 'weight' | 'weightTotal' | 'affinity' | 'owner' | 'findings'>
const release = (more: Partial<Steered> = {}): Steered => ({
  id: { cluster: 'demo', namespace: 'default', name: 'user-canary' },
  weight: 20,
  weightTotal: 100,
  affinity: 'none',
  owner: null,
  findings: [],
  ...more,
})

describe('weight and total are always written together', () => {
  test.each([
    ['the total stays where it is left out', release(), { weight: 50 }, '50', '100'],
    ['to the last part', release(), { weight: 100 }, '100', '100'],
    ['to nothing', release(), { weight: 0 }, '0', '100'],
    ['an unchanged weight is accepted', release(), { weight: 20 }, '20', '100'],
    ['to tenths of a percent', release(), { weight: 205, weightTotal: 1000 }, '205', '1000'],
    ['an odd total that is there stays', release({ weightTotal: 400 }), { weight: 399 }, '399', '400'],
    [
      'a new total with weight 0 changes nothing that matters',
      release({ weight: 0 }),
      { weight: 0, weightTotal: 1000 },
      '0',
      '1000',
    ],
  ])('%s', (_case, from, input, weight, weightTotal) => {
    expect(weightPatch(from, input)).toEqual({
      ok: true,
      value: {
        metadata: {
          annotations: { [`${NGINX}canary-weight`]: weight, [`${NGINX}canary-weight-total`]: weightTotal },
        },
      },
    })
  })
})

describe('a wrong weight is refused with its field, and nothing is written', () => {
  test.each([
    ['below 0', release(), { weight: -1 }, 'invalid-input', 'weight'],
    ['above the total', release(), { weight: 101 }, 'invalid-input', 'weight'],
    [
      'above the new total',
      release({ weightTotal: 1000 }),
      { weight: 101, weightTotal: 100 },
      'invalid-input',
      'weight',
    ],
    ['not whole', release(), { weight: 5.5 }, 'invalid-input', 'weight'],
    ['not a number', release(), { weight: Number.NaN }, 'invalid-input', 'weight'],
    ['beyond safe numbers', release(), { weight: 2 ** 53 }, 'invalid-input', 'weight'],
    ['a total nobody offered', release(), { weight: 5, weightTotal: 50 }, 'invalid-input', 'weightTotal'],
    [
      'a new total with the same number, which the controller would not apply',
      release({ weight: 50 }),
      { weight: 50, weightTotal: 1000 },
      'total-only-edit',
      'weightTotal',
    ],
    ['a release of another controller', release({ owner }), { weight: 5 }, 'owned-elsewhere', undefined],
    [
      'an Ingress the controller takes for an ordinary one',
      release({ findings: [notCanary] }),
      { weight: 5 },
      'not-a-canary',
      undefined,
    ],
  ])('%s', (_case, from, input, code, field) => {
    const result = weightPatch(from, input)
    expect(result.ok ? 'written' : [result.problem.code, result.problem.field]).toEqual([code, field])
  })
})

describe('the body of PUT weight refuses what is no whole number', () => {
  test.each([
    [-1],
    [5.5],
    ['5'],
    ['5%'],
    [' 5'],
    [Number.NaN],
    [''],
    [null],
    [[]],
    [2 ** 53],
    [undefined],
    [true],
  ])('weight %j', weight => {
    const parsed = SetWeight.safeParse({ weight, resourceVersion: '1' })
    expect(parsed.success ? 'accepted' : parsed.error.issues[0]?.path).toEqual(['weight'])
  })
})

test('what is written is what was asked for, or nothing is', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer(),
      fc.constantFrom(100, 1000, 400),
      (weight, present, weightTotal) => {
        const from = release({ weight: present, weightTotal })
        const result = weightPatch(from, { weight })
        const inRange = weight >= 0 && weight <= weightTotal
        expect(result.ok).toBe(inRange)
        if (result.ok)
          expect(Object.values(result.value.metadata.annotations)).toEqual([
            String(weight),
            String(weightTotal),
          ])
      },
    ),
  )
})

test('the totals on offer are whole percents, tenths, and what is there', () => {
  expect(totalsOf({ weightTotal: 400 })).toEqual([100, 400, 1000])
  expect(totalsOf({ weightTotal: 100 })).toEqual([100, 1000])
})

describe('rollback', () => {
  const gone = {
    [`${NGINX}canary-weight`]: '0',
    [`${NGINX}canary-by-header`]: null,
    [`${NGINX}canary-by-header-value`]: null,
    [`${NGINX}canary-by-header-pattern`]: null,
    [`${NGINX}canary-by-cookie`]: null,
  }
  const legacy = { [`${NGINX}affinity-canary-behavior`]: 'legacy' }
  test.each([
    ['takes weight and rules away in one write', release(), {}, gone],
    ['releases pinned users', release({ affinity: 'sticky' }), {}, { ...gone, ...legacy }],
    ['keeps them released', release({ affinity: 'legacy' }), {}, { ...gone, ...legacy }],
    [
      'does so for an owned release when confirmed twice',
      release({ owner }),
      { evenThoughOwned: true },
      gone,
    ],
  ])('%s', (_case, from, confirmed, annotations) => {
    expect(rollbackPatch(from, confirmed)).toEqual({ ok: true, value: { metadata: { annotations } } })
  })
  test.each([
    ['asks once more for an owned release', release({ owner }), 'owned-elsewhere'],
    ['does not touch an ordinary Ingress', release({ findings: [notCanary] }), 'not-a-canary'],
  ])('%s', (_case, from, code) => {
    const result = rollbackPatch(from)
    expect(result.ok ? 'written' : result.problem.code).toBe(code)
  })
})
