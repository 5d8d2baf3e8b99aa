import { describe, expect, test } from 'vitest'
import { findingIds } from '@/lib/domain/finding'
import { controllerTexts } from '@/lib/domain/lint/controller-texts'
import { releaseManifests } from '@/sandbox/world/reference'
import { worldOf } from '@/sandbox/world/world'
import { releasesOf } from '@/tests/sandbox/world/releases'

const board = releasesOf(worldOf('board'))
const idsOf = (name: string) => board.get(name)?.findings.map(each => each.id) ?? []
const ofReleases = findingIds.filter(id => !Object.hasOwn(controllerTexts, id))

describe('the board shows every finding of the linter', () => {
  test.each(ofReleases)('%s', id => {
    const named = [...board.keys()].filter(name => idsOf(name).includes(id))
    expect(named).not.toEqual([])
  })

  const named = [...board.keys()].filter(name => /^l\d\d-/.test(name))
  test.each(named)('%s has the finding it is named after', name => {
    if (name === 'l08-shared-canary') expect(idsOf('l08-shared-late')).toContain('L08')
    else expect(idsOf(name)).toContain(name.slice(0, 3).toUpperCase())
  })

  test('what is wrong with one class of the controller stops nothing of another', () => {
    const refused = [...board.values()].filter(each => each.findings.some(({ id }) => id === 'L47'))
    expect(refused.map(each => each.id.name)).toEqual(['l47-twice-canary'])
  })
})

describe('the reference release has no findings', () => {
  const NGINX = 'nginx.ingress.kubernetes.io/'
  test.each([
    ['parked', { 'canary-weight': '0' }],
    ['with a cookie rule', { 'canary-weight': '0', 'canary-by-cookie': 'vip_user' }],
    [
      'with a header rule',
      { 'canary-weight': '0', 'canary-by-header': 'role', 'canary-by-header-value': 'test' },
    ],
    ['at half', { 'canary-weight': '50', 'canary-weight-total': '100' }],
    ['for all', { 'canary-weight': '100', 'canary-weight-total': '1000' }],
  ])('%s', (_case, rules: Record<string, string>) => {
    const written = Object.entries({ canary: 'true', ...rules }).map(([key, text]) => [NGINX + key, text])
    const world = [...worldOf('default'), ...releaseManifests()].map(each =>
      each.metadata.name === 'user-canary'
        ? { ...each, metadata: { ...each.metadata, annotations: Object.fromEntries(written) } }
        : each,
    )
    expect(releasesOf(world).get('user-canary')?.findings).toEqual([])
  })

  test('on the board as well, and so have its healthy releases', () => {
    const healthy = [
      'user',
      'checkout',
      'cart',
      'search',
      'catalog',
      'payments',
      'profile',
      'recommend',
      'inventory',
      'shipping',
      'coupons',
      'media',
    ]
    for (const name of healthy) expect([name, idsOf(`${name}-canary`)]).toEqual([name, []])
  })
})
