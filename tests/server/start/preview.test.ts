import { describe, expect, test } from 'vitest'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Manifest, StartPlan } from '@/lib/domain/model/start'
import { type Known, type Previewed, previewOf } from '@/lib/server/start/preview'
import { ingress } from '@/tests/fixtures/ingresses'

const none = { service: () => undefined, slices: () => [], deployments: () => [], pods: () => [] }
const known = (...ingresses: Ingress[]): Known => ({
  cluster: 'demo',
  ingresses,
  classes: null,
  workloads: none,
  unreadable: ['endpointslices'],
})
const main = ingress('main', { created: 50, paths: [{ path: '/user', service: 'user-v1' }] })

const metadata = (name: string) => ({ name, namespace: 'shop' })
const deployment: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata('user-v2'),
  spec: {
    replicas: 3,
    template: {
      metadata: { labels: { app: 'user-v2' } },
      spec: { containers: [{ name: 'app', image: 'nginx:user-v2' }] },
    },
  },
}
const service: Manifest = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata('user-v2'),
  spec: { selector: { app: 'user-v2' }, ports: [{ port: 80 }] },
}
const NGINX = 'nginx.ingress.kubernetes.io/'
const parked = { [`${NGINX}canary`]: 'true', [`${NGINX}canary-weight`]: '0' }

type Wish = { path?: string; pathType?: string } & Partial<StartPlan>

function draft({ path = '/user', pathType = 'Prefix', ...traffic }: Wish = {}): Previewed {
  const backend = { service: { name: 'user-v2', port: { number: 80 } } }
  const canary: Manifest = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...metadata('user-canary'), annotations: parked },
    spec: { rules: [{ http: { paths: [{ path, pathType, backend }] } }] },
  }
  const route = { ingress: 'main', host: '', path, pathType }
  return {
    objects: [deployment, service, canary],
    plan: { route, service: 'user-v2', rules: null, weight: 0, ...traffic },
  }
}
const canary = (name: string, created: number) =>
  ingress(name, { created, annotations: { canary: 'true' }, paths: [{ path: '/user', service: 'other' }] })
const ids = (wish: Previewed, ...ingresses: Ingress[]) =>
  previewOf(wish, known(main, ...ingresses)).findings.map(({ id }) => id)

describe('what would come of a draft', () => {
  test('is a parked release on the route, with all pods of the new version ready', () => {
    expect(previewOf(draft(), known(main))).toMatchObject({
      id: { cluster: 'demo', namespace: 'shop', name: 'user-canary' },
      state: 'parked',
      routes: [{ ingress: 'main', path: '/user', service: 'user-v1', canaryService: 'user-v2', live: true }],
      canary: {
        service: 'user-v2',
        endpoints: { ready: 3, total: 3 },
        deployments: [{ name: 'user-v2', image: 'nginx:user-v2', replicas: 3, ready: 3 }],
      },
    })
  })

  test('has the findings of what would be wrong with it', () => {
    expect(ids(draft({ pathType: 'Exact' }))).toContain('L02')
    expect(ids(draft({ path: '/nowhere' }))).toContain('L01')
  })

  test('that nobody has chosen traffic for is told as parked', () => {
    expect(ids(draft())).toEqual(['L21'])
    expect(ids(draft({ weight: 1 }))).toEqual([])
    expect(ids(draft({ rules: { header: null, cookie: 'vip_user' } }))).toEqual([])
  })

  test('is the youngest: a canary that is there already goes first, one of its own name is what it replaces', () => {
    expect(ids(draft(), canary('elder', 59))).toContain('L07')
    expect(ids(draft(), canary('user-canary', 59))).not.toContain('L07')
  })

  test('has the traffic that was chosen: what is wrong with that is seen before it is written', () => {
    const rules = { header: { name: 'role', value: 'test' }, cookie: 'vip_user' }
    expect(previewOf(draft({ rules, weight: 5 }), known(main))).toMatchObject({
      state: 'shifting',
      weight: 5,
      rules,
    })
    expect(previewOf(draft({ rules }), known(main))).toMatchObject({ state: 'marked', weight: 0 })
  })

  test('is not judged by what cannot be read', () => {
    const release = (unreadable: string[]) => previewOf(draft({ weight: 1 }), { ...known(main), unreadable })
    expect(release([]).findings.map(({ id }) => id)).toEqual(['L26'])
    expect(release(['endpointslices']).findings).toEqual([])
  })

  test('leaves what is known as it was', () => {
    const before = known(main)
    previewOf(draft(), before)
    expect(before.ingresses).toEqual([main])
    expect(before.workloads.deployments('shop')).toEqual([])
  })
})
