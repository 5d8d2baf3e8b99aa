import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ClusterStatus } from '@/lib/domain/model/status'
import { type Cluster, connectCluster } from '@/lib/server/cluster'
import { parseEnvironment } from '@/lib/server/env'
import { statusOf } from '@/lib/server/status'
import { type Sandbox, startSandbox } from '@/sandbox/start'
import { connectionTo, isLive } from '@/tests/server/cluster/stage'
import { QUICK } from '@/tests/server/cluster/with-sandbox'

const IMAGE = 'registry.k8s.io/ingress-nginx/controller:v1.11.2'
const ARGS = [
  '/nginx-ingress-controller',
  '--enable-metrics=false',
  '--configmap=$(POD_NAMESPACE)/c',
  '--secret=x',
]

let sandbox: Sandbox
const clusters: Cluster[] = []

beforeAll(async () => {
  sandbox = await startSandbox({ world: 'default', syncDelayMs: 0, bookmarkMs: 200, webhook: false })
  const labels = { app: 'controller' }
  await kubectl('/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'ingress-nginx' },
  })
  await kubectl('/apis/apps/v1/namespaces/ingress-nginx/deployments', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'controller', namespace: 'ingress-nginx' },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels, annotations: { 'halftone.dev/no-socket': 'true' } },
        spec: { containers: [{ name: 'controller', image: IMAGE, args: ARGS }] },
      },
    },
  })
})
beforeEach(() => reset())
afterAll(async () => {
  await Promise.all(clusters.map(each => each.stop()))
  await sandbox.stop()
})

async function kubectl(path: string, body: unknown): Promise<void> {
  const admin = connectionTo(sandbox, sandbox.tokens.admin)
  const answer = await admin.request('POST', path, { body, contentType: 'application/json' })
  await admin.close()
  if (!answer.ok) throw new Error(answer.problem.title)
}

const fault = (body: unknown) =>
  fetch(`${sandbox.adminUrl}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const reset = () => fault({ reset: true })

async function connected(name: string, namespaces: readonly string[] | null = null): Promise<Cluster> {
  const cluster = connectCluster({
    name,
    context: 'halftone',
    connection: connectionTo(sandbox, sandbox.tokens.halftone),
    namespaces,
    gateway: null,
    readOnly: false,
    publish: () => undefined,
    onRelease: () => undefined,
    report: bug => {
      throw bug
    },
    times: QUICK,
  })
  clusters.push(cluster)
  cluster.start()
  await isLive(cluster)
  return cluster
}

async function read(these: readonly Cluster[], source: Record<string, string> = {}) {
  const environment = parseEnvironment(source)
  if (!environment.ok) throw new Error(environment.mistakes.join())
  const byName = new Map(these.map(each => [each.name, each]))
  return statusOf({ clusters: byName, environment: environment.value }, source)
}

async function only(cluster: Cluster): Promise<ClusterStatus> {
  const [found] = (await read([cluster])).clusters
  if (!found) throw new Error('no cluster')
  return found
}

describe('the status of a cluster', () => {
  test('tells its watches: how many objects, when last heard, since when connected', async () => {
    const { watches, connectedAt, state } = await only(await connected('all'))
    expect(state).toBe('live')
    expect(connectedAt).toMatch(/^\d{4}-.*Z$/)
    expect(watches.map(each => each.kind)).toEqual([
      'ingressclasses',
      'ingresses',
      'services',
      'endpointslices',
      'deployments',
      'pods',
    ])
    for (const each of watches) {
      expect(each).toMatchObject({ namespace: null, state: 'up', relists: 0 })
      expect(each.lastByteAt).toMatch(/^\d{4}-.*Z$/)
    }
    expect(watches.find(each => each.kind === 'deployments')?.objects).toBe(3)
  })

  test('finds the controller with its arguments, and what is to be said of it', async () => {
    const cluster = await connected('controller')
    await vi.waitFor(async () => expect((await only(cluster)).controllers[0]?.pods).toHaveLength(2))
    const { controllers } = await only(cluster)
    expect(controllers).toHaveLength(1)
    expect(controllers[0]).toMatchObject({
      dialect: 'ingress-nginx',
      maker: 'upstream',
      classes: ['nginx'],
      namespace: 'ingress-nginx',
      image: IMAGE,
      version: 'v1.11.2',
      flags: { 'enable-metrics': 'false', configmap: 'ingress-nginx/c' },
      canaries: 'without-validation',
    })
    expect(controllers[0]?.flags).not.toHaveProperty('secret')
    expect(controllers[0]?.findings.map(each => each.id)).toEqual(['L43', 'L42', 'L35', 'L40'])
  })

  test('tells the rights in each namespace with routes, as the cluster does', async () => {
    const { rights, rightsLeftOut } = await only(await connected('rights'))
    expect(rights.map(each => each.namespace)).toEqual(['default'])
    expect(rights[0]).toMatchObject({ isComplete: true, problem: null, limited: [] })
    expect(rights[0]?.missing).not.toContain('weight')
    expect(rightsLeftOut).toBe(0)
  })

  test('of two namespaces each has its own watches and rights', async () => {
    const { watches, rights, controllers } = await only(await connected('two', ['default', 'kube-system']))
    expect(rights.map(each => each.namespace)).toEqual(['default', 'kube-system'])
    const pods = watches.filter(each => each.kind === 'pods')
    expect(pods.map(each => [each.namespace, each.objects])).toEqual([
      ['default', 6],
      ['kube-system', 0],
    ])
    expect(watches.filter(each => each.kind === 'ingressclasses')).toHaveLength(1)
    expect(controllers).toMatchObject([
      { image: null, classes: ['nginx'], canaries: 'unknown', findings: [] },
    ])
  })
})

describe('what the cluster does not tell', () => {
  test('rights it does not let anybody ask for are a problem, not a lack', async () => {
    const cluster = await connected('forbidden')
    await fault({ deny: { verb: 'create', kind: 'selfsubjectrulesreviews' } })
    const { rights } = await only(cluster)
    expect(rights[0]).toMatchObject({ problem: { code: 'cluster-forbids' }, missing: [], isComplete: false })
    await reset()
    expect((await only(cluster)).rights[0]).toMatchObject({ problem: null, isComplete: true })
  })

  test('a kind that may not be read says so', async () => {
    const cluster = await connected('withdrawn')
    await fault({ deny: { verb: '*', kind: 'services' } })
    await vi.waitFor(
      async () => {
        const { watches } = await only(cluster)
        expect(watches.find(each => each.kind === 'services')?.state).toBe('unreadable')
      },
      { timeout: 15_000 },
    )
  })

  test('arguments that cannot be read leave the controller, without a word about them; they are asked for again', async () => {
    const cluster = await connected('arguments')
    await fault({ deny: { verb: 'list', kind: 'pods' } })
    const [found] = (await only(cluster)).controllers
    expect(found).toMatchObject({ image: IMAGE, flags: null })
    expect(found?.findings.map(each => each.id)).toEqual(['L43', 'L42'])
    await reset()
    expect((await only(cluster)).controllers[0]?.flags).not.toBeNull()
  })

  test('a silent cluster holds up nobody, and the last picture is told as stale', async () => {
    const [silent, ...others] = [await connected('silent'), await connected('beside')]
    await only(silent)
    await fault({ blackhole: 'all' })
    const areLost = () => {
      for (const each of [silent, ...others]) expect(each.state().nextTryAt).not.toBeNull()
    }
    await vi.waitFor(areLost, { timeout: 15_000 })
    const { clusters: told } = await read([silent, ...others])
    expect(told[0]).toMatchObject({ state: 'stale', connectedAt: null })
    expect(told[0]?.watches.map(each => each.state)).not.toContain('up')
    // What was asked within the last minute is still told, with its time.
    expect(told[0]?.rights[0]?.problem).toBeNull()
    expect(told[0]?.controllers[0]?.image).toBe(IMAGE)
    expect(told[1]?.rights[0]).toMatchObject({ problem: { code: 'cluster-unreachable' }, missing: [] })
  })
})

describe('the process', () => {
  test('its versions, gateways and configuration, without secrets', async () => {
    const cluster = await connected('process')
    const source = {
      KUBECONFIG: '/home/li.wei/.kube/config',
      HALFTONE_GATEWAYS:
        'nginx=http://u:hunter2@h:80,process/nginx=http://own,other/nginx=http://not,web=http://web',
    }
    const status = await read([cluster], source)
    expect(status.clusters[0]?.gateways).toEqual([
      { className: 'nginx', url: 'http://own' },
      { className: 'web', url: 'http://web' },
    ])
    const set = status.configuration.filter(each => !each.isDefault)
    expect(set).toEqual([
      { name: 'KUBECONFIG', value: 'config', isDefault: false },
      {
        name: 'HALFTONE_GATEWAYS',
        value: 'nginx=http://h:80,process/nginx=http://own,other/nginx=http://not,web=http://web',
        isDefault: false,
      },
    ])
    expect(JSON.stringify(status)).not.toMatch(/hunter2|li\.wei/)
    expect(JSON.stringify(status)).not.toContain(sandbox.tokens.halftone)
    expect(status).toMatchObject({ node: process.version, next: expect.stringMatching(/^\d+\./) })
    expect(status.configuration).toContainEqual({ name: 'PORT', value: '3000', isDefault: true })
  })
})
