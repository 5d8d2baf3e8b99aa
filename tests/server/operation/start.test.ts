import { expect, test, vi } from 'vitest'
import type { Manifest } from '@/lib/domain/model/start'
import { deploymentOf, serviceOf } from '@/sandbox/world/objects'
import { DEPLOYMENTS, INGRESSES, SERVICES, stepOf, stepsOf, USER, world } from './with-operations'

const MADE = ['deployments user-v2', 'services service-user-v2', 'ingresses user-canary']
const DONE = ['deployment', 'service', 'pods', 'endpoints', 'ingress', 'reachable'].map(
  step => `${step} done`,
)

test('a start comes to its end by itself: made, ready, parked, and shown to be reachable', async () => {
  const on = await world()
  const accepted = await on.start()
  expect(accepted).toMatchObject({ ok: true, value: { id: USER } })
  await vi.waitFor(() => expect(on.halfStarted()).toMatchObject({ isRunning: true }), { timeout: 10_000 })
  const ended = await on.ended(accepted)
  expect(ended).toMatchObject({ kind: 'start', state: 'done', problem: null })
  expect(stepsOf(ended)).toEqual(DONE)
  expect(stepOf(ended, 'pods')?.params).toMatchObject({ ready: 3, replicas: 3 })
  expect(stepOf(ended, 'endpoints')?.params).toMatchObject({ ready: 3 })
  expect(Object.keys(await on.made())).toEqual(MADE)
  expect(on.frames.get(`operation/demo/${ended.operation}`)).toEqual(ended)
  expect(on.halfStarted()).toBeNull()
  const release = on.runtime.clusters.get('demo')?.get(USER)
  expect(release).toMatchObject({ ok: true, value: { state: 'parked', findings: [], owner: null } })
})

test('rules and weight that were chosen are written once the canary was shown to be reachable', async () => {
  const on = await world()
  const rules = { header: { name: 'role', value: 'test' }, cookie: 'vip_user' }
  const ended = await on.ended(await on.start({ rules, weight: 20 }))
  expect(stepsOf(ended)).toEqual([...DONE, 'traffic done'])
  const release = on.runtime.clusters.get('demo')?.get(USER)
  expect(release).toMatchObject({ ok: true, value: { weight: 20, rules } })
})

test('without a gateway nothing is called reachable, and nobody is sent to the canary', async () => {
  const on = await world({ times: { blindMs: 300 } })
  await on.fault({ gateway: 'down' })
  const ended = await on.ended(await on.start({ weight: 20 }))
  expect(ended.state).toBe('done')
  expect(stepOf(ended, 'reachable')).toMatchObject({
    state: 'skipped',
    params: { why: 'gateway-unreachable' },
  })
  expect(stepOf(ended, 'traffic')).toMatchObject({ state: 'skipped', params: { why: 'not-proven' } })
  expect(on.runtime.clusters.get('demo')?.get(USER)).toMatchObject({ value: { state: 'parked', weight: 0 } })
})

test('of two starts at once one wins, also under another name on the same route', async () => {
  const on = await world()
  const both = await Promise.all([on.start(), on.start()])
  expect(both.map(each => (each.ok ? 'begun' : each.problem.code)).sort()).toEqual([
    'begun',
    'operation-running',
  ])
  expect(await on.start({ name: 'other', suffix: 'v3' })).toMatchObject({
    problem: { code: 'operation-running', params: { name: USER.name } },
  })
  const [begun] = both.filter(each => each.ok)
  if (begun) expect((await on.ended(begun)).state).toBe('done')
  expect(await on.start()).toMatchObject({ problem: { code: 'already-released' } })
  expect(Object.keys(await on.made())).toEqual(MADE)
})

test('two processes that begin the same start at once make one release', async () => {
  const on = await world({ isSampled: false })
  const other = await on.again()
  const [mine, theirs] = await Promise.all([on.start(), other.start()])
  expect((await on.ended(mine)).problem).toBeNull()
  expect((await other.ended(theirs)).problem).toBeNull()
  expect(Object.keys(await on.made())).toEqual(MADE)
})

test('an operation that has ended is remembered for a while, and then lost', async () => {
  const on = await world({ isSampled: false, times: { keepMs: 1_000 } })
  const accepted = await on.start()
  const { operation } = await on.ended(accepted)
  await vi.waitFor(() => expect(on.frames.get(`operation/demo/${operation}`)).toBeNull(), 10_000)
  expect(on.runtime.operations.find('demo', operation)).toMatchObject({ problem: { code: 'operation-lost' } })
})

const foreign: [string, string, Manifest][] = [
  [
    'Deployment',
    DEPLOYMENTS,
    deploymentOf({ namespace: 'default', name: 'user-v2', image: 'nginx:other', replicas: 1 }) as Manifest,
  ],
  ['Service', SERVICES, serviceOf('default', 'service-user-v2', 'something') as Manifest],
]

test.each(foreign)(
  'a %s of somebody else under the same name is left alone',
  async (kind, path, manifest) => {
    const on = await world()
    // Made between the preflight and the write: the preflight itself would have chosen another name.
    const accepted = on.start()
    await on.kubectl('POST', path, manifest)
    const ended = await accepted
    if (!ended.ok) {
      expect(ended.problem.code).toBe('already-exists')
      return
    }
    const operation = await on.ended(ended)
    expect(operation).toMatchObject({
      state: 'failed',
      problem: { code: 'already-exists', params: { kind } },
    })
    expect(await on.kubectl('GET', `${path}/${manifest.metadata.name}`)).not.toHaveProperty(
      'metadata.labels',
      expect.objectContaining({ 'halftone.dev/release': USER.name }),
    )
  },
)

test('an ordinary Ingress that was deleted meanwhile: no canary is made, and what is made stays in sight', async () => {
  const on = await world()
  await on.fault({ node: 'full' })
  const accepted = await on.start()
  await vi.waitFor(() => expect(on.halfStarted()?.objects).toHaveLength(2), { timeout: 10_000 })
  await on.kubectl('DELETE', `${INGRESSES}/nginx-ingress`)
  await on.fault({ node: 'free' })
  const ended = await on.ended(accepted)
  expect(stepOf(ended, 'ingress')?.state).toBe('failed')
  expect(ended.problem).toMatchObject({
    code: 'not-found',
    params: { kind: 'Ingress', name: 'nginx-ingress' },
  })
  await vi.waitFor(() =>
    expect(on.halfStarted()).toMatchObject({ isRunning: false, route: { path: '/user' } }),
  )
  expect(await on.resume()).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  expect(await on.start()).toMatchObject({ ok: false, problem: { code: 'not-found' } })
})

test('a canary that somebody made meanwhile on the same route is not joined by a second', async () => {
  const on = await world()
  await on.fault({ node: 'full' })
  const accepted = await on.start()
  await vi.waitFor(() => expect(on.halfStarted()?.objects).toHaveLength(2), { timeout: 10_000 })
  const path = {
    path: '/user',
    pathType: 'Prefix',
    backend: { service: { name: 'x', port: { number: 80 } } },
  }
  await on.kubectl('POST', INGRESSES, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'theirs', annotations: { 'nginx.ingress.kubernetes.io/canary': 'true' } },
    spec: { ingressClassName: 'nginx', rules: [{ http: { paths: [path] } }] },
  })
  await on.fault({ node: 'free' })
  const ended = await on.ended(accepted)
  expect(ended.problem).toMatchObject({ code: 'already-released', params: { release: 'theirs' } })
  expect(Object.keys(await on.made())).toHaveLength(2)
})
