import { describe, expect, test } from 'vitest'
import type { NotClonable } from '@/lib/domain/start/behind'
import type { OverlapKind } from '@/lib/domain/start/overlap'
import { problemText } from '@/lib/language/problem'

const text = (code: string, params: Record<string, string>, field = '') =>
  problemText({ code, title: 'English words', params, field }, 'zh-CN')

describe('why something cannot be copied is said in Chinese', () => {
  const params = { service: 'service-user-v1', statefulSet: 'store', path: '/a b' }
  const whys: Record<NotClonable, string> = {
    statefulset: 'store',
    'no-service': 'service-user-v1',
    'no-selector': '选择器',
    'external-name': 'service-user-v1',
    'no-deployment': 'service-user-v1',
    'odd-path': '/a b',
  }
  test.each(Object.entries(whys))('%s', (why, expected) => {
    expect(text('not-clonable', { why, ...params })).toContain(expected)
    expect(text('not-clonable', { why, ...params })).not.toContain('–')
  })
})

describe('an overlap says in Chinese what selects what, and what to change', () => {
  const params = {
    kind: 'Service',
    name: 'all',
    selector: 'app: user',
    label: 'version: v1',
    mend: 'English words',
  }
  const mends: Record<OverlapKind, string> = {
    'every-version': 'version: v1',
    shared: 'version: v1',
    taken: '后缀',
    greedy: '重建 Service all',
    'picks-others': '后缀',
  }
  test.each(Object.entries(mends))('%s', (why, expected) => {
    const said = text('selector-overlap', { ...params, why })
    expect(said).toContain(expected)
    expect(said).toContain('Service all')
    expect(said).toContain('app: user')
    expect(said).not.toMatch(/–|English/)
  })
})

test('a selector of every pod is told as that, in Chinese', () => {
  const params = {
    kind: 'PodDisruptionBudget',
    name: 'all',
    selector: 'every pod',
    label: 'app: a',
    why: 'shared',
  }
  expect(text('selector-overlap', params)).toContain('PodDisruptionBudget all 选中全部 Pod，也会选中新的 Pod')
})

test('a Service name that an Ingress uses is told apart from one that exists', () => {
  expect(text('already-exists', { kind: 'Service', name: 's', next: 'v3' })).toContain('已存在')
  expect(text('already-exists', { kind: 'Service', name: 's', next: 'v3', usedBy: 'old' })).toContain(
    'Ingress old',
  )
})

test.each(['image', 'suffix', 'name', 'replicas', 'env', 'deployment', 'container'])(
  'a wrong %s is explained in Chinese',
  field => {
    const said = text('invalid-input', { name: 'x', max: '9', deployments: 'a', containers: 'b' }, field)
    expect(said).toMatch(/[\u4e00-\u9fff]/)
    expect(said).not.toMatch(/–|English/)
  },
)

test('adding a label that others do not carry says who would lose requests', () => {
  const params = {
    kind: 'Service',
    name: 'all',
    selector: 'app: user',
    label: 'version: v1',
    losing: 'user-v0',
  }
  expect(text('selector-overlap', { ...params, why: 'every-version' })).toContain('user-v0 不再收到请求')
})

test('an overlap of another kind speaks of no suffix', () => {
  const said = text('selector-overlap', { kind: 'Service', name: 'all', selector: 'user-v2' })
  expect(said).toContain('Service all')
  expect(said).not.toMatch(/后缀|–/)
})
