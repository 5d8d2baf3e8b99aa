import { KubeConfig } from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Release } from '@/lib/domain/model/release'
import { type Cluster, connectCluster } from '@/lib/server/cluster'
import { openConnection } from '@/lib/server/kubernetes/connection'
import { readKubeConfig } from '@/lib/server/kubernetes/contexts'
import { isLive } from '@/tests/server/cluster/stage'
import {
  canaryManifest,
  INGRESSES,
  NGINX,
  type SandboxStage,
  stage,
  USER,
} from '@/tests/server/cluster/with-sandbox'

let on: SandboxStage

beforeAll(async () => {
  on = await stage()
  const rules = { [`${NGINX}canary-by-header`]: 'role', [`${NGINX}canary-by-header-value`]: 'test' }
  await on.kubectl('POST', INGRESSES, canaryManifest('user-canary', rules))
  await vi.waitFor(() => expect(on.cluster.get(USER).ok).toBe(true))
})
afterAll(() => on.stop())

function join(more: { namespaces?: string[] } = {}): Cluster {
  const config = readKubeConfig(on.sandbox.kubeconfig)
  if (!config.ok) throw new Error(config.problem.title)
  return joinTo(config.value, 'halftone', more)
}

function joinTo(
  config: KubeConfig,
  context: string,
  { namespaces }: { namespaces?: string[] } = {},
): Cluster {
  const connection = openConnection({ config, context })
  if (!connection.ok) throw new Error(connection.problem.title)
  return connectCluster({
    name: 'other',
    context,
    connection: connection.value,
    namespaces: namespaces ?? null,
    gateway: { url: 'http://127.0.0.1:1' },
    readOnly: true,
    publish: () => undefined,
    onRelease: () => undefined,
    report: bug => {
      throw bug
    },
  })
}

const ask = { host: 'demo.test', path: '/user', headers: {}, cookies: {} }

test('the state of a cluster says where it is, which version, and that it is live', async () => {
  await vi.waitFor(() => expect(on.cluster.state().version).toMatch(/^v1\./))
  expect(on.cluster.state()).toMatchObject({
    cluster: 'demo',
    server: on.sandbox.apiUrl,
    state: 'live',
    nextTryAt: null,
    unreadable: [],
    readOnly: false,
  })
  await vi.waitFor(() => expect(on.frames.get('cluster/demo')).toEqual(on.cluster.state()))
})

test('routes are those of the ordinary Ingresses, each with its release', () => {
  const user = on.cluster.routes().find(route => route.path.startsWith('/user'))
  expect(user).toMatchObject({ service: 'service-user-v1', release: 'user-canary' })
})

test('a release has both versions with their Deployments, endpoints and pods', async () => {
  await vi.waitFor(() => {
    const found = on.cluster.get(USER)
    expect(found.ok && found.value.stable.endpoints.ready).toBeGreaterThan(0)
  })
  const found = on.cluster.get(USER)
  expect(found.ok && found.value.stable.deployments[0]?.name).toBe('user-v1')
  expect(found.ok && found.value.stable.pods?.length).toBeGreaterThan(0)
  expect(on.cluster.releases()[0]?.stable.pods).toBeUndefined()
})

test('what the sampler needs is there: the routing, both Ingresses, what matches, what is ready', () => {
  const facts = on.cluster.samplingFactsOf(USER)
  expect(facts?.canary.name).toBe('user-canary')
  expect(facts?.ordinary?.name).toBe('nginx-ingress')
  expect(facts?.matches('^a+$', 'aaa')).toBe(true)
  expect(facts?.ready('default', { service: 'service-user-v1', port: '80' })).toBe(true)
  expect(facts?.ready('default', { service: 'nobody', port: '80' })).toBe(false)
  expect(on.cluster.samplingFactsOf({ ...USER, name: 'nobody' })).toBeNull()
})

test('a decision names the rung that made it', () => {
  expect(on.cluster.decide(ask)).toMatchObject({ ok: true, value: { to: 'stable' } })
  const nowhere = on.cluster.decide({ ...ask, path: '/nowhere' })
  expect(nowhere).toMatchObject({ ok: true, value: { to: '404' } })
})

test('a request that lands elsewhere than at the named Ingress is refused', () => {
  const elsewhere = on.cluster.decide({ ...ask, ingress: 'another', namespace: 'default' })
  expect(elsewhere).toMatchObject({ ok: false, problem: { code: 'ambiguous-route' } })
})

test('before the first read nothing is claimed: neither "not found" nor "no releases"', async () => {
  const other = join()
  expect(other.get(USER)).toMatchObject({ ok: false, problem: { code: 'cluster-unreachable' } })
  expect(other.decide(ask)).toMatchObject({ ok: false, problem: { code: 'cluster-unreachable' } })
  expect(other.state().state).not.toBe('live')
  await other.stop()
})

test('a cluster that does not answer is unreachable, and says when it is asked again', async () => {
  const config = new KubeConfig()
  config.loadFromOptions({
    clusters: [{ name: 'c', server: 'https://127.0.0.1:1' }],
    users: [{ name: 'u' }],
    contexts: [{ name: 'nowhere', cluster: 'c', user: 'u' }],
    currentContext: 'nowhere',
  })
  const other = joinTo(config, 'nowhere')
  other.start()
  await vi.waitFor(() => expect(other.state()).toMatchObject({ state: 'unreachable', version: '' }))
  expect(other.state().nextTryAt).not.toBeNull()
  expect(other.get(USER)).toMatchObject({ ok: false, problem: { code: 'cluster-unreachable' } })
  await other.stop()
})

test('another cluster under its own name reads the same world', async () => {
  const other = join()
  other.start()
  await isLive(other)
  expect(other.releases()).toMatchObject([{ id: { cluster: 'other', name: 'user-canary' } }])
  expect(other.state()).toMatchObject({ gateway: { url: 'http://127.0.0.1:1' }, readOnly: true })
  await other.stop()
})

test('with namespaces named only those are read', async () => {
  const [inside, outside] = [join({ namespaces: ['default'] }), join({ namespaces: ['kube-system'] })]
  inside.start()
  outside.start()
  await Promise.all([isLive(inside), isLive(outside)])
  expect(inside.releases()).toHaveLength(1)
  expect(outside.releases()).toHaveLength(0)
  await Promise.all([inside.stop(), outside.stop()])
})

test('where Ingresses may not be read that is what is said', async () => {
  await on.fault({ deny: { verb: '*', kind: 'ingresses' } })
  const other = join()
  other.start()
  await vi.waitFor(() => expect(other.state().unreadable).toEqual([{ kind: 'ingresses', why: 'forbidden' }]))
  expect(other.get(USER)).toMatchObject({ ok: false, problem: { code: 'cluster-forbids' } })
  await on.fault({ reset: true })
  await other.stop()
})

test('where IngressClasses may not be read the class named nginx must do', async () => {
  await on.fault({ deny: { verb: '*', kind: 'ingressclasses' } })
  const other = join()
  other.start()
  await isLive(other)
  expect(other.state().unreadable).toEqual([{ kind: 'ingressclasses', why: 'forbidden' }])
  expect(other.releases()).toMatchObject([{ id: { name: 'user-canary' }, state: 'marked' }])
  await on.fault({ reset: true })
  await other.stop()
})

test('an expired token: every kind says so, and the cluster is not called live', async () => {
  const config = readKubeConfig(on.sandbox.kubeconfig)
  if (!config.ok) throw new Error(config.problem.title)
  config.value.users = config.value.users.map(user => ({ ...user, token: 'expired' }))
  const other = joinTo(config.value, 'halftone')
  other.start()
  await vi.waitFor(() => expect(other.state().unreadable).toHaveLength(6))
  expect(other.state().unreadable).toContainEqual({ kind: 'pods', why: 'unauthorized' })
  expect(other.state().state).toBe('unreachable')
  await other.stop()
})

test('a canary made by hand appears by itself, also one of a foreign class, dead with its reason', async () => {
  await on.kubectl('POST', INGRESSES, canaryManifest('foreign', {}, 'traefik'))
  await vi.waitFor(() =>
    expect(on.frames.get('board/demo/default/foreign')).toMatchObject({
      state: 'dead',
      findings: [{ id: 'L33' }],
    }),
  )
  await on.kubectl('DELETE', `${INGRESSES}/foreign`)
  await vi.waitFor(() => expect(on.frames.has('board/demo/default/foreign')).toBe(false))
})

test('a burst of changes ends at the last one', async () => {
  for (let weight = 1; weight <= 40; weight += 1) {
    await on.annotate('user-canary', { [`${NGINX}canary-weight`]: String(weight) })
  }
  const shown = () => on.frames.get('release/demo/default/user-canary') as Release
  await vi.waitFor(() => expect(shown().weight).toBe(40))
})
