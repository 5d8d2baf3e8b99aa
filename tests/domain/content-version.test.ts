import { describe, expect, test } from 'vitest'
import { contentKeyOf, staleEdit } from '@/lib/domain/content-version'

const ingress = (annotations: object, more: object = {}) => ({
  metadata: { name: 'c', resourceVersion: '9', annotations },
  spec: { rules: [{ host: 'a' }] },
  ...more,
})
const key = contentKeyOf(ingress({ a: '1' }))

describe('what people change about an Ingress has one key', () => {
  test.each([
    ['a status update keeps it', ingress({ a: '1' }, { status: { loadBalancer: {} } }), true],
    ['another annotation value changes it', ingress({ a: '2' }), false],
    ['an annotation of somebody else changes it', ingress({ a: '1', 'team/x': 'y' }), false],
    ['an annotation that went changes it', ingress({}), false],
    ['another spec changes it', ingress({ a: '1' }, { spec: { rules: [] } }), false],
  ])('%s', (_case, changed, isSame) => {
    expect(contentKeyOf(changed) === key).toBe(isSame)
  })

  test('the order of annotations means nothing', () => {
    expect(contentKeyOf(ingress({ a: '1', b: '2' }))).toBe(contentKeyOf(ingress({ b: '2', a: '1' })))
  })

  test('an object without annotations or spec has one too', () => {
    expect(contentKeyOf({})).toBe(contentKeyOf(null))
  })
})

describe('an edit is refused when it began before the last real change', () => {
  test.each([
    ['before it', '9', '10', 'stale-edit resourceVersion'],
    ['at it', '10', '10', 'accepted'],
    ['after it, as a status update came since', '11', '10', 'accepted'],
    [
      'versions are numbers of any length',
      '9'.repeat(19),
      `1${'0'.repeat(19)}`,
      'stale-edit resourceVersion',
    ],
  ])('%s', (_case, edited, resourceVersion, expected) => {
    const refused = staleEdit(edited, { key, resourceVersion })
    expect(refused ? `${refused.problem.code} ${refused.problem.field}` : 'accepted').toBe(expected)
  })
})
