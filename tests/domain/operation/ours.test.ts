import { describe, expect, test } from 'vitest'
import { parseIngress } from '@/lib/domain/ingress'
import { isMadeFrom, isSteered, isUntouched, oursOf } from '@/lib/domain/operation/ours'
import { ourLabels } from '@/lib/domain/start/mark'

const NGINX = 'nginx.ingress.kubernetes.io/'
const created = '2026-01-01T00:00:00Z'
const deployment = (
  more: object = {},
  spec: object = { selector: { matchLabels: { app: 'user-v2', b: '1' } } },
) => ({
  metadata: {
    name: 'user-v2',
    creationTimestamp: created,
    labels: ourLabels('user-canary'),
    annotations: { 'halftone.dev/start': 'plan', 'halftone.dev/change': 'change' },
    ...more,
  },
  spec,
})

test('an object is ours by its manager and the release it was made for', () => {
  expect(oursOf(deployment())).toEqual({ release: 'user-canary', start: 'plan', since: created })
  expect(oursOf(deployment({ labels: { 'halftone.dev/release': 'user-canary' } }))).toBeUndefined()
  expect(oursOf(deployment({ labels: { 'app.kubernetes.io/managed-by': 'halftone' } }))).toBeUndefined()
  expect(oursOf(null)).toBeUndefined()
})

describe('an object that is there was made by this start', () => {
  test.each([
    ['if it says so', deployment(), true],
    [
      'whatever the order of its selector',
      deployment({}, { selector: { matchLabels: { b: '1', app: 'user-v2' } }, replicas: 7 }),
      true,
    ],
    ['not if it was made for another release', deployment({ labels: ourLabels('pay-canary') }), false],
    [
      'not if it was made by another plan',
      deployment({ annotations: { 'halftone.dev/start': 'other' } }),
      false,
    ],
    [
      'not if it selects other pods',
      deployment({}, { selector: { matchLabels: { app: 'user-v2' } } }),
      false,
    ],
    ['not if somebody else made it', deployment({ labels: {} }), false],
  ])('%s', (_case, found, expected) => {
    expect(isMadeFrom(found, deployment())).toBe(expected)
  })
})

describe('a canary is steered', () => {
  test.each([
    ['by a weight', { 'canary-weight': '1' }, true],
    ['by a cookie rule', { 'canary-by-cookie': 'vip' }, true],
    ['by a header rule', { 'canary-by-header': 'role' }, true],
    [
      'by a rule that only a controller which checks no annotations takes',
      { 'canary-by-header-value': 'a@b', 'canary-by-header': 'x;y' },
      true,
    ],
    ['not by a weight of 0', { 'canary-weight': '0' }, false],
    ['not by what the controller cannot read', { 'canary-weight': 'x' }, false],
  ])('%s', (_case, texts, expected) => {
    const annotations = Object.fromEntries(Object.entries(texts).map(([key, text]) => [NGINX + key, text]))
    expect(isSteered({ annotations })).toBe(expected)
  })
})

describe('a canary is as its start made it', () => {
  const canary = (by: string, at: string, weight = '0') =>
    parseIngress({
      metadata: {
        creationTimestamp: created,
        labels: ourLabels('user-canary'),
        annotations: { [`${NGINX}canary-weight`]: weight, 'halftone.dev/stable': 'a/b/c' },
        managedFields: [{ manager: by, time: at, fieldsV1: { 'f:metadata': { 'f:annotations': {} } } }],
      },
    })
  test.each([
    ['when nobody has written on it since', canary('halftone', created), true],
    [
      'also where the moments of its creation lie on both sides of a second',
      canary('halftone', '2026-01-01T00:00:01Z'),
      true,
    ],
    ['not once somebody has rolled it back', canary('halftone', '2026-01-01T00:01:00Z'), false],
    ['not once somebody else has written on it', canary('kubectl-annotate', created), false],
    ['not with a weight', canary('halftone', created, '5'), false],
  ])('%s', (_case, ingress, expected) => {
    expect(isUntouched(ingress)).toBe(expected)
  })
})
