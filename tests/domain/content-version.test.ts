import { describe, expect, test } from 'vitest'
import { contentKeyOf, contentVersionOf, staleEdit } from '@/lib/domain/content-version'

const ingress = (resourceVersion: string, annotations: object, more: object = {}) => ({
  metadata: { name: 'c', resourceVersion, annotations },
  spec: { rules: [{ host: 'a' }] },
  ...more,
})

test('a status update is no conflict, and the version of the last real change is kept', () => {
  const first = contentVersionOf(undefined, ingress('9', { a: '1' }))
  const second = contentVersionOf(first, ingress('10', { a: '1' }, { status: { loadBalancer: {} } }))
  expect(second.resourceVersion).toBe('9')
  expect(staleEdit('9', second)).toBeNull()
})

describe('an edit begun before a real change is refused', () => {
  test.each([
    ['an annotation changed', ingress('10', { a: '2' })],
    ['an annotation of somebody else appeared', ingress('10', { a: '1', 'team/x': 'y' })],
    ['an annotation went', ingress('10', {})],
    ['the spec changed', ingress('10', { a: '1' }, { spec: { rules: [] } })],
  ])('%s', (_case, changed) => {
    const before = contentVersionOf(undefined, ingress('9', { a: '1' }))
    const after = contentVersionOf(before, changed)
    expect(staleEdit('9', after)?.problem).toMatchObject({ code: 'stale-edit', field: 'resourceVersion' })
    expect(staleEdit('10', after)).toBeNull()
  })
})

test('the order of annotations means nothing', () => {
  expect(contentKeyOf(ingress('1', { a: '1', b: '2' }))).toBe(contentKeyOf(ingress('2', { b: '2', a: '1' })))
})

test('an object without annotations or spec has a key too', () => {
  expect(contentKeyOf({})).toBe(contentKeyOf(null))
})
