import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { parsePod } from '@/lib/domain/pod'
import { fieldsOf, itemsOf } from '@/lib/domain/raw'
import { type Sandbox, startSandbox } from '@/sandbox/start'
import { clientOf, MERGE } from '@/tests/contract/client'
import { DEPLOYMENTS, deployment, INGRESSES, ingress, service } from '@/tests/contract/objects'
import { reasonOf, saidBy } from '@/tests/contract/stage'
import { adminOf } from './client'

const SERVICES = '/api/v1/namespaces/default/services'
const PODS = '/api/v1/namespaces/default/pods'
const SLOW = { timeout: 15_000, interval: 20 }

let sandbox: Sandbox
let api: ReturnType<typeof clientOf>
let admin: ReturnType<typeof adminOf>
let made = 0

beforeAll(async () => {
  sandbox = await startSandbox({ world: 'empty', syncDelayMs: 0 })
  api = clientOf(sandbox)
  admin = adminOf(sandbox)
})
afterEach(() => admin('/faults', { reset: true }))
afterAll(async () => {
  await api.close()
  await sandbox.stop()
})

const fresh = () => `it-${++made}`
const create = (name: string, query = '') => api.ask('POST', SERVICES + query, { body: service(name) })
const exists = async (path: string) => (await api.ask('GET', path)).status === 200
const podOf = async (name: string) => {
  const { body } = await api.ask('GET', `${PODS}?labelSelector=app%3D${name}`)
  return itemsOf(body.items).map(raw => parsePod(raw))[0]
}
const conditionsOf = async (name: string) => {
  const { body } = await api.ask('GET', `${DEPLOYMENTS}/${name}`)
  return itemsOf(fieldsOf(body.status).conditions).map(fieldsOf)
}

describe('writes that go wrong on request', () => {
  test('a quota refuses each, dry runs too, in the words of the real one', async () => {
    await admin('/faults', { writes: { kind: 'Service', end: 'quota' } })
    const name = fresh()
    const used = Number((itemsOf((await api.ask('GET', SERVICES)).body.items) as unknown[]).length)
    const counts = `requested: services=1, used: services=${used}, limited: services=${used}`
    const told = [403, 'Forbidden', `services "${name}" is forbidden: exceeded quota: sandbox, ${counts}`]
    expect(saidBy(await create(name, '?dryRun=All'))).toEqual(told)
    expect(saidBy(await create(name))).toEqual(told)
    const other = await api.ask('POST', DEPLOYMENTS, { body: deployment(fresh(), 'x:y', { replicas: 0 }) })
    expect(other.status).toBe(201)
  })

  test('the n-th alone is refused, and dry runs do not count', async () => {
    await admin('/faults', { writes: { kind: 'Service', end: 'quota', at: 2 } })
    const answers = []
    for (const query of ['', '?dryRun=All', '', '']) answers.push((await create(fresh(), query)).status)
    expect(answers).toEqual([201, 201, 403, 201])
  })

  test.each([
    [403, 'Forbidden'],
    [400, 'BadRequest'],
  ])('a webhook denies as %i', async (status, reason) => {
    await admin('/faults', {
      writes: { kind: 'Ingress', end: 'webhook', status, message: 'no canaries today' },
    })
    const why = 'admission webhook "policy.sandbox.test" denied the request: no canaries today'
    expect(saidBy(await api.ask('POST', INGRESSES, { body: ingress(fresh()) }))).toEqual([
      status,
      reason,
      why,
    ])
  })

  test('a right that is missing at the n-th write is missing there alone, and for Halftone alone', async () => {
    await admin('/faults', { token: 'admin', writes: { kind: 'Service', end: 'rbac', at: 1 } })
    const name = fresh()
    expect(await create(name).then(reasonOf)).toEqual([403, 'Forbidden'])
    expect((await create(name)).status).toBe(201)
  })

  test.each([
    ['lost', true],
    ['cut', false],
  ])('%s: no answer comes; written: %s', async (end, isWritten) => {
    await admin('/faults', { token: 'admin', writes: { kind: 'Service', end, at: 1 } })
    const name = fresh()
    await expect(create(name)).rejects.toThrow()
    expect(await exists(`${SERVICES}/${name}`)).toBe(isWritten)
    expect((await create(name)).status).toBe(isWritten ? 409 : 201)
  })

  test('a patch that is denied changes nothing', async () => {
    const name = fresh()
    await create(name)
    await admin('/faults', { writes: { kind: 'Service', verb: 'patch', end: 'webhook' } })
    const path = `${SERVICES}/${name}`
    const body = { metadata: { labels: { a: 'b' } } }
    expect((await api.ask('PATCH', path, { body, type: MERGE })).status).toBe(403)
    expect((await api.ask('GET', path)).body.metadata).not.toHaveProperty('labels')
  })

  test.each([
    [{ end: 'nonsense' }, 'end is one of'],
    [{ kind: 'Service' }, 'end is one of'],
  ])('%o is no fault', async (writes, sentence) => {
    const answer = await admin('/faults', { writes })
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(sentence)])
  })
})

describe('pods that do not come up', () => {
  const run = async (spec: object = {}, image = 'x:v1') => {
    const name = fresh()
    const body = deployment(name, image, { replicas: 1, ...spec })
    expect((await api.ask('POST', DEPLOYMENTS, { body })).status).toBe(201)
    return name
  }
  const isReady = (name: string) =>
    vi.waitFor(async () => expect(await podOf(name)).toMatchObject({ ready: true }), SLOW)

  test('pods over the quota: the Deployment says so with the message, until they may be made', async () => {
    await admin('/faults', { writes: { kind: 'Pod', end: 'quota' } })
    const name = await run()
    await vi.waitFor(async () => {
      const failure = (await conditionsOf(name)).find(({ type }) => type === 'ReplicaFailure')
      expect(failure).toMatchObject({ status: 'True', reason: 'FailedCreate' })
      expect(failure?.message).toMatch(
        new RegExp(`^pods "${name}-.+" is forbidden: exceeded quota: sandbox, `),
      )
    }, SLOW)
    await admin('/faults', { writes: null })
    await isReady(name)
    const types = (await conditionsOf(name)).map(({ type }) => type)
    expect(types).toEqual(['Available', 'Progressing'])
  })

  test('a full node leaves a pod unscheduled; room lets it in', async () => {
    await admin('/faults', { node: 'full' })
    const name = await run()
    await vi.waitFor(async () => {
      expect(await podOf(name)).toMatchObject({ phase: 'Pending', reason: 'Unschedulable', node: '' })
    }, SLOW)
    await admin('/faults', { node: 'free' })
    await isReady(name)
  })

  test('an unscheduled pod can be ended', async () => {
    await admin('/faults', { node: 'full' })
    const name = await run()
    await vi.waitFor(async () => expect(await podOf(name)).toMatchObject({ reason: 'Unschedulable' }), SLOW)
    await api.ask('DELETE', `${DEPLOYMENTS}/${name}`)
    await vi.waitFor(async () => expect(await podOf(name)).toBeUndefined(), SLOW)
  })

  test.each([
    ['nginx:no-such-tag', 'docker.io/library/nginx:no-such-tag: not found'],
    ['registry.invalid/team/user:v2', 'lookup registry.invalid: no such host'],
  ])('an image that cannot be had (%s) is told as the kubelet does', async (image, why) => {
    const name = await run({}, image)
    const waitingOf = async () => {
      const { body } = await api.ask('GET', `${PODS}?labelSelector=app%3D${name}`)
      const [status] = itemsOf(fieldsOf(fieldsOf(itemsOf(body.items)[0]).status).containerStatuses)
      return fieldsOf(fieldsOf(fieldsOf(status).state).waiting)
    }
    await vi.waitFor(async () => expect(await waitingOf()).toMatchObject({ reason: 'ErrImagePull' }), SLOW)
    await vi.waitFor(async () => {
      const { reason, message } = await waitingOf()
      expect(reason).toBe('ImagePullBackOff')
      expect(message).toContain(`Back-off pulling image "${image}": ErrImagePull: `)
      expect(message).toContain(why)
    }, SLOW)
    expect(await podOf(name)).toMatchObject({ phase: 'Pending', ready: false, reason: 'ImagePullBackOff' })
  })

  test.each(['nginx:user v2', 'NGINX:v2', 'nginx:', '@', 'a//b', 'nginx@sha256:abc'])(
    '%j is no image',
    async image => {
      const name = await run({}, image)
      await vi.waitFor(async () => {
        expect(await podOf(name)).toMatchObject({ phase: 'Pending', reason: 'InvalidImageName' })
      }, SLOW)
    },
  )

  test('of several containers the one without its image is named', async () => {
    const containers = [
      { name: 'app', image: 'x:v1' },
      { name: 'proxy', image: 'nginx:no-such' },
    ]
    const name = fresh()
    const body = deployment(name, 'x:v1', { replicas: 1 })
    const template = { ...body.spec.template, spec: { containers } }
    await api.ask('POST', DEPLOYMENTS, { body: { ...body, spec: { ...body.spec, template } } })
    await vi.waitFor(async () => {
      expect(await podOf(name)).toMatchObject({ ready: false, reason: 'ImagePullBackOff' })
    }, SLOW)
  })
})
