import { describe, expect, test } from 'vitest'
import { parseClusterName, parseReleaseId } from '@/lib/server/identity'

const id = { cluster: 'prod', namespace: 'shop', name: 'cart-canary' }
const fieldOf = (change: Record<string, string>) => {
  const parsed = parseReleaseId({ ...id, ...change })
  return parsed.ok ? 'read' : parsed.problem.field
}

describe('identities in addresses', () => {
  test.each([
    ['namespace', '../x'],
    ['namespace', '%2e%2e'],
    ['namespace', '..'],
    ['namespace', 'A'],
    ['namespace', 'a.b'],
    ['namespace', '-a'],
    ['namespace', 'a'.repeat(64)],
    ['namespace', ''],
    ['namespace', 'shop%2Fcart'],
    ['name', '..'],
    ['name', 'a..b'],
    ['name', 'A'],
    ['name', 'a/b'],
    ['name', 'a\u0000'],
    ['name', 'a\n'],
    ['name', 'ａ'],
    ['name', 'a'.repeat(254)],
    ['cluster', 'Prod'],
    ['cluster', 'a_b'],
    ['cluster', 'a'.repeat(64)],
  ])('%s %j is refused by its field', (field, text) => {
    expect(fieldOf({ [field]: text })).toBe(field)
  })

  test.each([
    ['name', 'a.b-c.d'],
    ['name', 'a'.repeat(253)],
    ['namespace', 'a'.repeat(63)],
    ['cluster', 'a'.repeat(63)],
  ])('%s %j is read', (field, text) => {
    expect(fieldOf({ [field]: text })).toBe('read')
  })

  test('what is missing is refused too', () => {
    expect(parseReleaseId({})).toMatchObject({ ok: false, problem: { field: 'cluster' } })
    expect(parseClusterName(undefined)).toMatchObject({ ok: false })
  })
})
