import { describe, expect, test } from 'vitest'
import { parseChange, parseStartPlan, startPlanText } from '@/lib/domain/start/change'
import { resumedChoice } from '@/lib/domain/start/resume'
import { deployment, draft, drafted, ordinary, refused, sources } from './cluster'

describe('traffic is chosen as it is later changed, and written only to the plan', () => {
  const rules = { header: { name: 'role', value: 'test' }, cookie: 'vip_user' }
  test('rules and weight stand in the plan; the canary Ingress stays parked', () => {
    const { plan, objects } = drafted({ rules, weight: 20 })
    expect(plan).toMatchObject({ rules, weight: 20 })
    expect(objects[2].metadata.annotations).toEqual({
      'nginx.ingress.kubernetes.io/canary': 'true',
      'nginx.ingress.kubernetes.io/canary-weight': '0',
      'halftone.dev/stable': 'shop/nginx-ingress/uid-main',
    })
  })
  test('no rule at all is none', () => {
    expect(drafted({ rules: { header: null, cookie: null } }).plan).toMatchObject({ rules: null, weight: 0 })
  })
  test.each([
    ['a weight above all', { weight: 101 }, 'weight'],
    ['half a part', { weight: 0.5 }, 'weight'],
    ['a header of the request itself', { rules: { header: { name: 'Host' }, cookie: null } }, 'header.name'],
    [
      'a pattern without an example',
      { rules: { header: { name: 'a', pattern: '^x$' }, cookie: null } },
      'header.example',
    ],
    [
      'an example that does not match',
      { rules: { header: { name: 'a', pattern: '^x$', example: 'y' }, cookie: null } },
      'header.example',
    ],
    ['a cookie of sessions', { rules: { header: null, cookie: 'sid' } }, 'cookie'],
  ])('refused: %s', (_case, choice, field) => {
    expect(refused(choice)).toMatchObject({ code: 'invalid-input', field })
  })
  test('the cookie by which the ordinary Ingress pins its users is refused', () => {
    const annotations = {
      'nginx.ingress.kubernetes.io/affinity': 'cookie',
      'nginx.ingress.kubernetes.io/session-cookie-name': 'route',
    }
    const from = { ordinary: ordinary({ annotations }) }
    expect(refused({ rules: { header: null, cookie: 'route' } }, from).field).toBe('cookie')
  })
})

describe('a start can be continued from what it has written', () => {
  const choice = {
    namespace: 'shop',
    ingress: 'nginx-ingress',
    host: '',
    path: '/user',
    pathType: 'Prefix' as const,
    deployment: 'user-v1',
    container: 'nginx',
    suffix: 'v2',
    name: 'user-canary',
    image: 'nginx:user-v2',
    replicas: 2,
    env: { MODE: 'x' },
    rules: { header: { name: 'a', pattern: '^x$', example: 'x' }, cookie: 'vip' },
    weight: 20,
  }
  const [stable] = sources().deployments
  test('the choice is read back, and makes the same draft', () => {
    const made = drafted(choice)
    const read = resumedChoice(made.objects[0], stable)
    expect(read).toEqual(choice)
    expect(draft({ ...read, namespace: 'shop' })).toEqual({ ok: true, value: made })
  })
  test.each([
    ['another stable Deployment', {}, deployment('pay-v1', { app: 'pay-v1' })],
    ['none', {}, undefined],
    ['a name that no suffix makes', { name: 'other' }, stable],
    ['no labels of ours', { labels: {} }, stable],
    [
      'another manager',
      { labels: { 'app.kubernetes.io/managed-by': 'Helm', 'halftone.dev/release': 'x' } },
      stable,
    ],
    ['no plan', { annotations: {} }, stable],
  ])('not from %s', (_case, metadata, from) => {
    const [clone] = drafted(choice).objects
    expect(resumedChoice({ ...clone, metadata: { ...clone.metadata, ...metadata } }, from)).toBeNull()
  })
})

describe('what somebody else has written in our annotations reads as nothing', () => {
  test.each([
    undefined,
    null,
    7,
    '',
    'x',
    '{',
    'null',
    '[]',
    '7',
    '{}',
    '{"__proto__": {"route": 1}}',
    '{"route": {"ingress": 1, "path": "/"}, "service": "s", "deployment": ["d"], "container": "c", "image": "i"}',
    '{"route": {"ingress": "i"}, "service": "s", "deployment": "d"}',
    `${'['.repeat(100_000)}`,
  ])('%#', text => {
    expect([parseStartPlan(text), parseChange(text)]).toEqual([null, null])
  })
  test('odd parts of a plan are left out', () => {
    const text = JSON.stringify({
      route: { ingress: 'i', host: 3, path: '/x', pathType: null },
      service: 's',
      rules: { header: { name: 7 }, cookie: [] },
      weight: -5,
      more: true,
    })
    const plan = {
      route: { ingress: 'i', host: '', path: '/x', pathType: '' },
      service: 's',
      rules: null,
      weight: 0,
    }
    expect(parseStartPlan(text)).toEqual(plan)
    expect(parseStartPlan(startPlanText(plan))).toEqual(plan)
  })
  test('odd variables of a change are left out', () => {
    const text = JSON.stringify({
      deployment: 'd',
      container: 'c',
      image: 'i',
      env: { A: 1, B: null, C: 'x' },
    })
    expect(parseChange(text)).toEqual({
      deployment: 'd',
      container: 'c',
      image: 'i',
      env: { B: null, C: 'x' },
    })
  })
})
