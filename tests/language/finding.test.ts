import { expect, test } from 'vitest'
import { findingIds, findingOf } from '@/lib/domain/finding'
import { findingText } from '@/lib/language/finding'
import { plain } from '@/lib/language/rich'

const PARAMS = {
  target: 'a.example/x',
  pathType: 'Exact',
  partnerType: 'Prefix',
  ingress: 'main',
  canary: 'c',
  className: 'other',
  service: 'svc',
  other: 'first-canary',
  cause: 'spec.rules[0]',
  host: 'a.example',
  partnerHost: '*.example',
  key: 'canary-weight',
  keys: 'rewrite-target, use-regex',
  written: '10%',
  read: 0,
  weight: 150,
  total: 100,
  header: 'x_role',
  value: 'ann,bob',
  pattern: '^(ann|bob)$',
  wish: 'user=vip',
  targets: 'b.example/y',
  cookie: 'sticky_id',
  namespace: 'lab',
  partnerNamespace: 'shop',
  manager: 'Argo CD',
  days: 20,
  ingresses: 'shop/main, shop/second',
  version: 'v1.11.2',
  image: 'a/ingress-nginx/controller',
  configmap: 'ns/config',
  releases: 'shop/cart',
}

test.each(findingIds)('%s is explained in both languages, each parameter in its place', id => {
  const finding = findingOf(id, 'shop/c spec', PARAMS)
  const [english, chinese] = [findingText(finding, 'en'), findingText(finding, 'zh-CN')]
  expect(plain(english.title)).toBe(finding.title)
  for (const text of [chinese.title, chinese.why, chinese.fix]) {
    expect(plain(text)).toMatch(/[\u4e00-\u9fff]/)
    expect(plain(text)).not.toMatch(/[{}–]/)
  }
  const named = Object.values(PARAMS).filter(value => ` ${finding.title} `.includes(` ${value} `))
  for (const value of named) expect(plain(chinese.title)).toContain(String(value))
})

test('a finding nobody has translated is told in English rather than not at all', () => {
  const text = findingText(findingOf('L99', 'x', { target: '/y' }), 'zh-CN')
  expect(plain(text.title)).toBe('/y has no effect')
})

test('what somebody typed stays text, also where it looks like a place for a parameter', () => {
  const text = findingText(findingOf('L02', 'x', { ...PARAMS, target: '{ingress}<b>' }), 'zh-CN')
  expect(plain(text.title)).toContain('{ingress}<b>')
})
