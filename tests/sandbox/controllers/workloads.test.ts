import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { fieldsOf, itemsOf, textOf, wholeOf } from '@/lib/domain/raw'
import { type Sandbox, startSandbox } from '@/sandbox/start'
import { clientOf, MERGE, STRATEGIC } from '@/tests/contract/client'
import { DEPLOYMENTS, deployment } from '@/tests/contract/objects'

const CORE = '/api/v1/namespaces/default'
const SLOW = { timeout: 15_000, interval: 20 }

let sandbox: Sandbox
let api: ReturnType<typeof clientOf>

beforeAll(async () => {
  sandbox = await startSandbox({ world: 'default', syncDelayMs: 0 })
  api = clientOf(sandbox)
})
afterAll(async () => {
  await api.close()
  await sandbox.stop()
})

const get = async (path: string) => (await api.ask('GET', path)).body
const podsOf = async (name: string) =>
  itemsOf((await get(`${CORE}/pods?labelSelector=app%3D${name}`)).items).map(fieldsOf)
const statusOf = async (name: string) => fieldsOf((await get(`${DEPLOYMENTS}/${name}`)).status)
const isDone = async (name: string, replicas: number) => {
  const status = await statusOf(name)
  expect(status).toMatchObject({ replicas, updatedReplicas: replicas, availableReplicas: replicas })
  return status
}

async function run(name: string, image: string, spec: object = {}, container: object = {}) {
  const made = await api.ask('POST', DEPLOYMENTS, { body: deployment(name, image, spec, container) })
  expect(made.status, made.text).toBe(201)
  const body = { metadata: { name }, spec: { selector: { app: name }, ports: [{ port: 80 }] } }
  expect((await api.ask('POST', `${CORE}/services`, { body })).status).toBe(201)
}

type Endpoint = { port: number; ready: boolean; pod: string }

async function endpointsOf(service: string): Promise<Endpoint[]> {
  const query = `labelSelector=kubernetes.io%2Fservice-name%3D${service}`
  const { items } = await get(`/apis/discovery.k8s.io/v1/namespaces/default/endpointslices?${query}`)
  return itemsOf(items)
    .map(fieldsOf)
    .flatMap(slice =>
      itemsOf(slice.endpoints)
        .map(fieldsOf)
        .map(each => ({
          port: wholeOf(fieldsOf(itemsOf(slice.ports)[0]).port),
          ready: fieldsOf(each.conditions).ready === true,
          pod: textOf(fieldsOf(each.targetRef).name),
        })),
    )
}

const answerAt = async (port: number) => (await request(`http://127.0.0.1:${port}/`)).body.text()

describe('Deployments', () => {
  test('a Deployment becomes pods that answer what their image says, behind their Service', async () => {
    await run('shop', 'registry.example:5000/team/nginx:shop-v1')
    await vi.waitFor(() => isDone('shop', 2), SLOW)
    const endpoints = await vi.waitFor(async () => {
      const found = await endpointsOf('shop')
      expect(found.map(each => each.ready)).toEqual([true, true])
      return found
    }, SLOW)
    for (const { port } of endpoints) expect(await answerAt(port)).toBe('shop-v1')
    expect(new Set(endpoints.map(each => each.port)).size).toBe(2)
  })

  test('a new image rolls out while enough pods stay available, and old pods go', async () => {
    const spec = { replicas: 3, strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } }
    await run('roll', 'x:v1', spec)
    await vi.waitFor(() => isDone('roll', 3), SLOW)
    const from = (await get(DEPLOYMENTS)).metadata?.resourceVersion
    const watch = await api.watch(
      `${DEPLOYMENTS}?watch=true&resourceVersion=${from}&fieldSelector=metadata.name%3Droll`,
    )
    const patch = { spec: { template: { spec: { containers: [{ name: 'app', image: 'x:v2' }] } } } }
    await api.ask('PATCH', `${DEPLOYMENTS}/roll`, { body: patch, type: STRATEGIC })
    const status = await vi.waitFor(() => isDone('roll', 3), SLOW)
    const seen = watch.events.map(each => fieldsOf(each.object.status))
    watch.stop()
    expect(Math.min(...seen.map(each => wholeOf(each.availableReplicas)))).toBeGreaterThanOrEqual(3)
    expect(Math.max(...seen.map(each => wholeOf(each.replicas)))).toBe(4)
    expect(itemsOf(status.conditions).map(each => fieldsOf(each).reason)).toContain('NewReplicaSetAvailable')
    await vi.waitFor(async () => {
      const images = (await podsOf('roll')).map(
        pod => itemsOf(fieldsOf(pod.spec).containers).map(fieldsOf)[0]?.image,
      )
      expect(images).toEqual(['x:v2', 'x:v2', 'x:v2'])
    }, SLOW)
  })

  test('scale to nothing and up again by /scale', async () => {
    await run('scaled', 'x:v1')
    await vi.waitFor(() => isDone('scaled', 2), SLOW)
    const path = `${DEPLOYMENTS}/scaled/scale`
    const scale = await get(path)
    expect(scale).toMatchObject({ kind: 'Scale', spec: { replicas: 2 }, status: { selector: 'app=scaled' } })
    await api.ask('PATCH', path, { body: { spec: { replicas: 0 } }, type: MERGE })
    await vi.waitFor(async () => expect(await podsOf('scaled')).toEqual([]), SLOW)
    expect(await endpointsOf('scaled')).toEqual([])
    await api.ask('PUT', path, {
      body: { ...scale, metadata: { name: 'scaled', namespace: 'default' }, spec: { replicas: 1 } },
    })
    await vi.waitFor(() => isDone('scaled', 1), SLOW)
  })

  test('a pod that is never ready runs, is counted, and takes no traffic', async () => {
    await run('unready', 'x:v1', { replicas: 1 }, { env: [{ name: 'READY', value: 'false' }] })
    await vi.waitFor(async () => {
      const [pod] = await podsOf('unready')
      expect(fieldsOf(pod?.status).phase).toBe('Running')
      expect((await endpointsOf('unready')).map(each => each.ready)).toEqual([false])
    }, SLOW)
    expect(await statusOf('unready')).toMatchObject({ unavailableReplicas: 1 })
  })

  test('minReadySeconds keeps a ready pod from counting as available', async () => {
    await run('patient', 'x:v1', { replicas: 1, minReadySeconds: 3600 })
    await vi.waitFor(async () => expect(await statusOf('patient')).toMatchObject({ readyReplicas: 1 }), SLOW)
    expect(await statusOf('patient')).not.toHaveProperty('availableReplicas')
  })

  test('a container that ends is restarted at once, then after a pause, with its last exit told', async () => {
    await run('crash', 'x:v1', { replicas: 1 }, { env: [{ name: 'CRASH_AFTER', value: '50' }] })
    await vi.waitFor(async () => {
      const [pod] = await podsOf('crash')
      expect(itemsOf(fieldsOf(pod?.status).containerStatuses)[0]).toMatchObject({
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { exitCode: 1, reason: 'Error' } },
        ready: false,
        restartCount: 1,
      })
    }, SLOW)
  })

  test('a paused Deployment counts as observed, with nothing of its new template', async () => {
    await run('paused', 'x:v1', { replicas: 1, paused: true })
    await vi.waitFor(
      async () => expect(await statusOf('paused')).toMatchObject({ observedGeneration: 1 }),
      SLOW,
    )
    expect(await statusOf('paused')).not.toHaveProperty('updatedReplicas')
  })

  test('a failing readiness probe is told by an event', async () => {
    const readinessProbe = { httpGet: { path: '/', port: 80 }, periodSeconds: 1 }
    await run('probed', 'x:v1', { replicas: 1 }, { readinessProbe, env: [{ name: 'LOGIN', value: 'true' }] })
    await vi.waitFor(async () => {
      const events = itemsOf((await get(`${CORE}/events`)).items).map(fieldsOf)
      const unhealthy = events.find(each => each.reason === 'Unhealthy')
      expect(unhealthy).toMatchObject({
        type: 'Warning',
        message: expect.stringContaining('statuscode: 401'),
      })
    }, SLOW)
  })

  test('a terminating pod leaves the endpoints but answers on while its preStop lasts', async () => {
    const lifecycle = { preStop: { sleep: { seconds: 1 } } }
    await run('graceful', 'x:v1', { replicas: 1 }, { lifecycle })
    await vi.waitFor(() => isDone('graceful', 1), SLOW)
    const [endpoint] = await vi.waitFor(async () => {
      const found = await endpointsOf('graceful')
      expect(found).toHaveLength(1)
      return found
    }, SLOW)
    const path = `${CORE}/pods/${endpoint?.pod}`
    const told = await api.ask('DELETE', path)
    expect(told.body.metadata?.deletionTimestamp).toBeDefined()
    expect(await answerAt(endpoint?.port ?? 0)).toBe('v1')
    await vi.waitFor(async () => {
      const old = (await endpointsOf('graceful')).filter(each => each.pod === endpoint?.pod)
      expect(old.some(each => each.ready)).toBe(false)
    }, SLOW)
    await vi.waitFor(async () => expect((await api.ask('GET', path)).status).toBe(404), SLOW)
    await expect(answerAt(endpoint?.port ?? 0)).rejects.toThrow()
  })

  test('a Service that names a port its pods do not have reaches nobody', async () => {
    await run('wrong', 'x:v1', { replicas: 1 })
    const body = { spec: { ports: [{ port: 80, targetPort: 8080 }] } }
    await api.ask('PATCH', `${CORE}/services/wrong`, { body, type: MERGE })
    await vi.waitFor(
      async () => expect((await endpointsOf('wrong')).map(each => each.port)).toEqual([1]),
      SLOW,
    )
  })
})

describe('deletion', () => {
  const remove = (path: string, propagationPolicy: string) =>
    api.ask('DELETE', path, { body: { propagationPolicy } })
  const setsOf = async (name: string) =>
    itemsOf((await get(`/apis/apps/v1/namespaces/default/replicasets?labelSelector=app%3D${name}`)).items)

  test.each(['Background', 'Foreground'])(
    '%s: ReplicaSets and pods go with their Deployment',
    async policy => {
      const name = policy.toLowerCase()
      await run(name, 'x:v1')
      await vi.waitFor(() => isDone(name, 2), SLOW)
      await remove(`${DEPLOYMENTS}/${name}`, policy)
      const now = await api.ask('GET', `${DEPLOYMENTS}/${name}`)
      expect(now.status).toBe(policy === 'Background' ? 404 : 200)
      await vi.waitFor(async () => {
        expect((await api.ask('GET', `${DEPLOYMENTS}/${name}`)).status).toBe(404)
        expect(await setsOf(name)).toEqual([])
        expect(await podsOf(name)).toEqual([])
      }, SLOW)
    },
  )

  test('Orphan: pods stay when their Deployment goes', async () => {
    await run('orphan', 'x:v1')
    await vi.waitFor(() => isDone('orphan', 2), SLOW)
    await remove(`${DEPLOYMENTS}/orphan`, 'Orphan')
    await vi.waitFor(
      async () => expect((await api.ask('GET', `${DEPLOYMENTS}/orphan`)).status).toBe(404),
      SLOW,
    )
    expect(await setsOf('orphan')).toHaveLength(1)
    expect(await podsOf('orphan')).toHaveLength(2)
  })

  test('a wrong uid is refused and nothing goes', async () => {
    const body = { preconditions: { uid: 'other' } }
    expect((await api.ask('DELETE', `${DEPLOYMENTS}/user-v1`, { body })).status).toBe(409)
    expect((await api.ask('GET', `${DEPLOYMENTS}/user-v1`)).status).toBe(200)
  })

  test('a finalizer keeps an object until it is taken off', async () => {
    const body = {
      metadata: { name: 'held', finalizers: ['example.com/hold'] },
      spec: { ports: [{ port: 80 }] },
    }
    const path = `${CORE}/services/held`
    await api.ask('POST', `${CORE}/services`, { body })
    expect((await api.ask('DELETE', path)).body.metadata?.deletionTimestamp).toBeDefined()
    expect((await api.ask('GET', path)).status).toBe(200)
    await api.ask('PATCH', path, { body: { metadata: { finalizers: null } }, type: MERGE })
    expect((await api.ask('GET', path)).status).toBe(404)
  })

  test('a namespace takes all that is in it along, and refuses anything new meanwhile', async () => {
    await api.ask('POST', '/api/v1/namespaces', { body: { metadata: { name: 'doomed' } } })
    const path = '/apis/apps/v1/namespaces/doomed/deployments'
    await api.ask('POST', path, { body: deployment('d', 'x:v1') })
    const told = await api.ask('DELETE', '/api/v1/namespaces/doomed')
    expect(told.body.status).toMatchObject({ phase: 'Terminating' })
    expect((await api.ask('POST', path, { body: deployment('late', 'x:v1') })).status).toBe(403)
    await vi.waitFor(
      async () => expect((await api.ask('GET', '/api/v1/namespaces/doomed')).status).toBe(404),
      SLOW,
    )
    expect(itemsOf((await get('/api/v1/pods?fieldSelector=metadata.namespace%3Ddoomed')).items)).toEqual([])
  })
})
