import { describe, expect, test } from 'vitest'
import { findingIds, findingOf } from '@/lib/domain/finding'

describe('a finding says what, where and why', () => {
  test('its texts name the objects', () => {
    const params = { target: '/user', pathType: 'Exact', partnerType: 'Prefix', ingress: 'nginx-ingress' }
    expect(findingOf('L02', 'default/user-canary spec.rules[0]', params)).toMatchObject({
      id: 'L02',
      severity: 'error',
      where: 'default/user-canary spec.rules[0]',
      params,
      title: '/user is Exact here and Prefix in nginx-ingress',
      fix: 'Set pathType to Prefix, as in nginx-ingress.',
    })
  })

  test('a text from the cluster is shown as it is, braces and all', () => {
    expect(findingOf('L44', '', { canary: '{target}<img>', target: 'x' }).title).toBe(
      '{target}<img> names no path',
    )
  })

  test('a reason without a text of its own is told by its id', () => {
    const finding = findingOf('L99', '', { target: '/x' })
    expect([finding.id, finding.title, finding.why.includes('L99')]).toEqual([
      'L99',
      '/x has no effect',
      true,
    ])
  })

  test.each(findingIds)('%s has a title, a reason and a way out', id => {
    const { title, why, fix } = findingOf(id, '', {})
    for (const text of [title, why, fix]) expect(text?.length).toBeGreaterThan(10)
  })
})
