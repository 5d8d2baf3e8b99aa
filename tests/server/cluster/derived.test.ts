import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Frame } from '@/lib/contract'
import { parsePod } from '@/lib/domain/pod'
import { parseDeployment, parseEndpointSlice, parseService } from '@/lib/domain/workload'
import { type Cache, createCache } from '@/lib/server/cluster/cache'
import { Derived } from '@/lib/server/cluster/derived'
import { parseListedIngress } from '@/lib/server/kubernetes/kinds'

const NGINX = 'nginx.ingress.kubernetes.io/'

let version = 0
let frames: Frame[]
let touched: string[]
let isReadable: boolean
let arePodsRead: boolean
let unreadable: string[]
let cache: Cache
let derived: Derived

beforeEach(() => {
  frames = []
  touched = []
  isReadable = true
  arePodsRead = true
  unreadable = []
  cache = createCache({
    ingress: () => derived.touchRouting(),
    ingressClass: () => derived.touchRouting(),
    workload: namespace => derived.touchNamespace(namespace),
  })
  derived = new Derived({
    cluster: 'demo',
    cache,
    isReadable: () => isReadable,
    arePodsRead: () => arePodsRead,
    areClassesReadable: () => false,
    unreadable: () => unreadable,
    publish: frame => frames.push(frame),
    onRelease: id => touched.push(id.name),
    report: bug => {
      throw bug
    },
  })
})
afterEach(() => {
  derived.stop()
  vi.useRealTimers()
})

const metadata = (name: string, more: object = {}, namespace = 'shop') => {
  version += 1
  return { name, namespace, uid: `uid-${name}`, resourceVersion: String(version), ...more }
}

const pathTo = (service: string, path: string) => ({
  path,
  pathType: 'Prefix',
  backend: { service: { name: service, port: { number: 80 } } },
})

function putIngress(
  name: string,
  service: string,
  more: { annotations?: object; className?: string; creationTimestamp?: string } = {},
) {
  const { annotations = {}, className = 'nginx' } = more
  const { creationTimestamp = '2026-01-01T00:00:00Z' } = more
  cache.ingresses.put(
    parseListedIngress({
      metadata: metadata(name, { annotations, creationTimestamp }),
      spec: { ingressClassName: className, rules: [{ http: { paths: [pathTo(service, '/order')] } }] },
    }),
  )
}

const canary = (weight: string, more: object = {}) => ({
  [`${NGINX}canary`]: 'true',
  [`${NGINX}canary-weight`]: weight,
  ...more,
})

function putVersion(name: string, { pods = 1, namespace = 'shop' } = {}) {
  const labels = { app: name }
  cache.services.put(
    parseService({
      metadata: metadata(name, {}, namespace),
      spec: { selector: labels, ports: [{ port: 80, targetPort: 80 }] },
    }),
  )
  cache.deployments.put(
    parseDeployment({
      metadata: metadata(name, {}, namespace),
      spec: { replicas: pods, template: { metadata: { labels }, spec: { containers: [{ image: 'a:1' }] } } },
    }),
  )
  cache.slices.put(
    parseEndpointSlice({
      metadata: metadata(name, { labels: { 'kubernetes.io/service-name': name } }, namespace),
      ports: [{ name: '', port: 80 }],
      endpoints: Array.from({ length: pods }, () => ({
        addresses: ['10.0.0.1'],
        conditions: { ready: true },
      })),
    }),
  )
  for (let i = 0; i < pods; i += 1) putPod(`${name}-${i}`, name, { namespace })
}

function putPod(name: string, app: string, { namespace = 'shop', phase = 'Running' } = {}) {
  cache.pods.put(parsePod({ metadata: metadata(name, { labels: { app } }, namespace), status: { phase } }))
}

function putRelease() {
  putIngress('main', 'order-v1')
  putIngress('main-canary', 'order-v2', { annotations: canary('20') })
  putVersion('order-v1')
  putVersion('order-v2')
}

const keys = () => frames.map(each => each.key)
const last = (key: string) => frames.filter(each => each.key === key).at(-1)?.value
function take(): Frame[] {
  derived.refresh()
  return frames.splice(0)
}

test('a release is published to the board without pods, to its page with them; its route names it', () => {
  putRelease()
  derived.refresh()
  expect(keys().sort()).toEqual([
    'board/demo/shop/main-canary',
    'release/demo/shop/main-canary',
    'routes/demo/shop/main',
  ])
  expect(last('board/demo/shop/main-canary')).toMatchObject({ weight: 20, observed: null, state: 'shifting' })
  expect(JSON.stringify(last('board/demo/shop/main-canary'))).not.toContain('"pods"')
  expect(last('release/demo/shop/main-canary')).toMatchObject({ canary: { pods: [{ name: 'order-v2-0' }] } })
  expect(last('routes/demo/shop/main')).toMatchObject([{ path: '/order', release: 'main-canary' }])
})

test('many changes at once are one publication', async () => {
  putRelease()
  await vi.waitFor(() => expect(frames).toHaveLength(3))
  expect(touched).toEqual(['main-canary'])
})

test('what reads the same is not published again', () => {
  putRelease()
  take()
  putVersion('order-v1')
  putIngress('main', 'order-v1')
  expect(take()).toEqual([])
})

test('a change elsewhere touches no release', () => {
  putRelease()
  take()
  touched = []
  putPod('other', 'order-v2', { namespace: 'elsewhere' })
  expect(take()).toEqual([])
  expect(touched).toEqual([])
})

test('a pod that turns bad reaches the page of its release, not the board', () => {
  putRelease()
  take()
  putPod('order-v2-0', 'order-v2', { phase: 'Failed' })
  expect(take().map(each => each.key)).toEqual(['release/demo/shop/main-canary'])
})

test('a crowd of pods is cut to a hundred on the stream, and whole when asked for', () => {
  putRelease()
  for (let i = 0; i < 150; i += 1) putPod(`crowd-${i}`, 'order-v2')
  derived.refresh()
  const shown = last('release/demo/shop/main-canary') as { canary: { pods: unknown[] } }
  expect(shown.canary.pods).toHaveLength(100)
  expect(derived.release('shop/main-canary')?.release.canary.pods).toHaveLength(151)
})

test('an older canary that comes between makes this one dead, though nobody touched it', () => {
  putRelease()
  take()
  putIngress('a-canary', 'order-v0', {
    annotations: canary('5'),
    creationTimestamp: '2025-01-01T00:00:00Z',
  })
  putVersion('order-v0')
  derived.refresh()
  expect(last('board/demo/shop/main-canary')).toMatchObject({ state: 'dead' })
})

test('a canary that is deleted is gone from board, page and route', () => {
  putRelease()
  take()
  cache.ingresses.remove({ namespace: 'shop', name: 'main-canary' }, String(++version))
  const gone = take()
  expect(gone.filter(each => each.value === null).map(each => each.key)).toEqual([
    'board/demo/shop/main-canary',
    'release/demo/shop/main-canary',
  ])
  expect(gone.find(each => each.key === 'routes/demo/shop/main')?.value).toMatchObject([{ release: null }])
  expect(derived.releases()).toEqual([])
})

test('the routes of an ordinary Ingress that is deleted are gone', () => {
  putIngress('main', 'order-v1')
  take()
  cache.ingresses.remove({ namespace: 'shop', name: 'main' }, String(++version))
  expect(take()).toEqual([{ key: 'routes/demo/shop/main', value: null }])
})

test('a canary of a class that ingress-nginx does not serve is listed dead with the reason', () => {
  putIngress('main', 'order-v1')
  putIngress('main-canary', 'order-v2', { annotations: canary('20'), className: 'traefik' })
  derived.refresh()
  expect(last('board/demo/shop/main-canary')).toMatchObject({
    state: 'dead',
    findings: [{ id: 'L33' }],
    routes: [{ live: false, why: 'L33' }],
  })
  expect(last('routes/demo/shop/main')).toMatchObject([{ release: null }])
})

test('an Ingress of another controller is no route of ours', () => {
  putIngress('main', 'order-v1', { className: 'traefik' })
  expect(take()).toEqual([])
})

test('before everything has been read once nothing is said: half a world looks broken', () => {
  isReadable = false
  putRelease()
  expect(take()).toEqual([])
  isReadable = true
  expect(take()).toHaveLength(3)
})

test('before pods have been read none are listed, which is not "no pods"; then they are, without another change', () => {
  arePodsRead = false
  putRelease()
  derived.refresh()
  expect(JSON.stringify(last('release/demo/shop/main-canary'))).not.toContain('"pods"')
  arePodsRead = true
  derived.refresh()
  expect(last('release/demo/shop/main-canary')).toMatchObject({ canary: { pods: [{ name: 'order-v2-0' }] } })
})

const findings = () => {
  derived.refresh()
  const release = last('release/demo/shop/main-canary') as { findings: { id: string }[] } | undefined
  return release?.findings.map(each => each.id)
}

test('a canary without endpoints is found out, but not while they cannot be read', () => {
  putIngress('main', 'order-v1')
  putIngress('main-canary', 'order-v2', { annotations: canary('20') })
  putVersion('order-v1')
  putVersion('order-v2', { pods: 0 })
  expect(findings()).toContain('L27')
  unreadable = ['shop/endpointslices']
  expect(findings()).not.toContain('L27')
  unreadable = []
  expect(findings()).toContain('L27')
})

test('a configuration that nginx refuses is told of every release beside it, though nobody touched them', () => {
  putRelease()
  expect(findings()).not.toContain('L47')
  const rules = [{ host: 'b.test', http: { paths: [pathTo('a', '/p'), pathTo('b', '/p/')] } }]
  const elsewhere = metadata('other', { creationTimestamp: '2026-01-01T00:00:00Z' }, 'elsewhere')
  cache.ingresses.put(parseListedIngress({ metadata: elsewhere, spec: { ingressClassName: 'nginx', rules } }))
  expect(findings()).toContain('L47')
  cache.ingresses.remove({ namespace: 'elsewhere', name: 'other' }, String(++version))
  expect(findings()).not.toContain('L47')
})

test('a release that is left alone grows old', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-15T12:00:00Z') })
  putIngress('main', 'order-v1')
  putIngress('main-canary', 'order-v2', { annotations: canary('0') })
  expect(findings()).not.toContain('L38')
  vi.setSystemTime(Date.parse('2026-01-16T00:00:00Z'))
  expect(findings()).toContain('L38')
})

test('what the sampler saw stands on the board and goes with the release', () => {
  putRelease()
  take()
  const observed = { verdict: 'as-configured', share: 0.2, missing: 0, at: '2026-01-01T00:00:00Z' } as const
  derived.observe('shop/main-canary', observed)
  expect(take()).toMatchObject([{ key: 'board/demo/shop/main-canary', value: { observed } }])
  putIngress('main-canary', 'order-v2', { annotations: canary('30') })
  derived.refresh()
  expect(last('board/demo/shop/main-canary')).toMatchObject({ weight: 30, observed })
  derived.observe('shop/nobody', observed)
  expect(keys()).not.toContain('board/demo/shop/nobody')
})

test('objects nobody can make sense of neither throw nor hide the others', () => {
  putRelease()
  const odd = [
    { spec: { rules: [{ host: 'a' }] } },
    { spec: { rules: [{ http: { paths: [{ backend: { resource: { kind: 'Bucket' } } }] } }] } },
    { spec: { rules: 'x', defaultBackend: 7 } },
    {},
  ]
  odd.forEach((each, index) => {
    const annotations = index % 2 ? {} : canary('not a number')
    cache.ingresses.put(parseListedIngress({ ...each, metadata: metadata(`odd-${index}`, { annotations }) }))
  })
  derived.refresh()
  expect(derived.releases().map(each => each.id.name)).toContain('main-canary')
})
