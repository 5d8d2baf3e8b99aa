import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fieldsOf, itemsOf } from '@/lib/domain/raw'
import { type Sandbox, startSandbox } from '@/sandbox/start'
import { clientOf, DEPLOYMENTS, deployment, INGRESSES, ingress, JSON_PATCH, MERGE, STRATEGIC } from './client'

let sandbox: Sandbox
let api: ReturnType<typeof clientOf>
let made = 0
const fresh = () => `thing-${++made}`

beforeAll(async () => {
  sandbox = await startSandbox({ world: 'default', syncDelayMs: 0 })
  api = clientOf(sandbox)
})
afterAll(async () => {
  await api.close()
  await sandbox.stop()
})

/** An Ingress of a class that nobody serves, so that nobody else writes to it. */
async function create(name = fresh()) {
  const wanted = ingress(name)
  const sent = { ...wanted, spec: { ...wanted.spec, ingressClassName: 'nobody' } }
  const { body, status } = await api.ask('POST', INGRESSES, { body: sent })
  expect(status).toBe(201)
  return { name, object: body, path: `${INGRESSES}/${name}` }
}

describe('writing', () => {
  test('a new object gets uid, generation, a whole-second time and a version', async () => {
    const { object } = await create()
    expect(object.metadata).toMatchObject({ generation: 1, namespace: 'default' })
    expect(object.metadata?.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(String(object.metadata?.uid)).toHaveLength(36)
    expect(Number(object.metadata?.resourceVersion)).toBeGreaterThan(0)
  })

  test('versions rise with every write of any kind', async () => {
    const one = await create()
    const other = await api.ask('POST', DEPLOYMENTS, { body: deployment(fresh(), 'x:y', { replicas: 0 }) })
    expect(Number(other.body.metadata?.resourceVersion)).toBeGreaterThan(
      Number(one.object.metadata?.resourceVersion),
    )
  })

  test('the name of another object is refused with 409 AlreadyExists', async () => {
    const { name } = await create()
    const again = await api.ask('POST', INGRESSES, { body: ingress(name) })
    expect([again.status, again.body.reason]).toEqual([409, 'AlreadyExists'])
    expect(again.body.message).toBe(`ingresses.networking.k8s.io "${name}" already exists`)
  })

  test('a write with an old version is 409 Conflict and changes nothing', async () => {
    const { path, object } = await create()
    const note = (text: string) => ({
      metadata: { annotations: { note: text }, resourceVersion: object.metadata?.resourceVersion },
    })
    expect((await api.ask('PATCH', path, { body: note('one'), type: MERGE })).status).toBe(200)
    const late = await api.ask('PATCH', path, { body: note('two'), type: MERGE })
    expect([late.status, late.body.reason]).toEqual([409, 'Conflict'])
    const now = await api.ask('GET', path)
    expect(now.body.metadata?.annotations).toEqual({ note: 'one' })
  })

  test('annotations leave the generation, a new spec raises it, a write without change leaves the version', async () => {
    const { path, object } = await create()
    const noted = await api.ask('PATCH', path, {
      body: { metadata: { annotations: { a: 'b' } } },
      type: MERGE,
    })
    expect(noted.body.metadata?.generation).toBe(1)
    const same = await api.ask('PATCH', path, {
      body: { metadata: { annotations: { a: 'b' } } },
      type: MERGE,
    })
    expect(same.body.metadata?.resourceVersion).toBe(noted.body.metadata?.resourceVersion)
    const { resourceVersion: _any, ...metadata } = fieldsOf(object.metadata)
    const defaultBackend = { service: { name: 'x', port: { number: 1 } } }
    const body = { ...object, metadata, spec: { ...fieldsOf(object.spec), defaultBackend } }
    expect((await api.ask('PUT', path, { body })).body.metadata?.generation).toBe(2)
  })

  test('a dry run answers as the write would and keeps nothing', async () => {
    const name = fresh()
    const dry = await api.ask('POST', `${INGRESSES}?dryRun=All`, { body: ingress(name) })
    expect([dry.status, dry.body.metadata?.name]).toEqual([201, name])
    expect((await api.ask('GET', `${INGRESSES}/${name}`)).status).toBe(404)
    expect((await api.ask('POST', `${INGRESSES}?dryRun=Some`, { body: ingress(name) })).status).toBe(422)
  })

  test('status and spec are written apart', async () => {
    const { path, object } = await create()
    const status = { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } }
    const body = { ...object, spec: {}, status }
    const written = await api.ask('PATCH', `${path}/status`, { body, type: MERGE })
    expect(written.body.status).toEqual(status)
    expect(written.body.spec).toEqual(object.spec)
    const plain = await api.ask('PATCH', path, { body: { status: { loadBalancer: {} } }, type: MERGE })
    expect(plain.body.status).toEqual(status)
  })

  test('a merge patch takes away what is null', async () => {
    const { path } = await create()
    await api.ask('PATCH', path, { body: { metadata: { annotations: { a: '1', b: '2' } } }, type: MERGE })
    const after = await api.ask('PATCH', path, {
      body: { metadata: { annotations: { a: null } } },
      type: MERGE,
    })
    expect(after.body.metadata?.annotations).toEqual({ b: '2' })
  })

  test('a JSON patch whose test fails changes nothing', async () => {
    const { path, object } = await create()
    const uid = object.metadata?.uid
    const add = { op: 'add', path: '/metadata/annotations', value: { a: '1' } }
    const wrong = [{ op: 'test', path: '/metadata/uid', value: 'other' }, add]
    expect((await api.ask('PATCH', path, { body: wrong, type: JSON_PATCH })).status).toBe(422)
    const right = [{ op: 'test', path: '/metadata/uid', value: uid }, add]
    const after = await api.ask('PATCH', path, { body: right, type: JSON_PATCH })
    expect(after.body.metadata?.annotations).toEqual({ a: '1' })
  })

  test('a strategic patch merges containers and variables by name', async () => {
    const name = fresh()
    await api.ask('POST', DEPLOYMENTS, { body: deployment(name, 'x:1', { replicas: 0 }) })
    const patch = (container: object) => ({
      spec: { template: { spec: { containers: [{ name: 'app', ...container }] } } },
    })
    const path = `${DEPLOYMENTS}/${name}`
    await api.ask('PATCH', path, { body: patch({ env: [{ name: 'A', value: '1' }] }), type: STRATEGIC })
    await api.ask('PATCH', path, { body: patch({ env: [{ name: 'B', value: '2' }] }), type: STRATEGIC })
    const after = await api.ask('PATCH', path, { body: patch({ image: 'x:2' }), type: STRATEGIC })
    expect(after.body.spec?.template?.spec?.containers).toMatchObject([
      {
        name: 'app',
        image: 'x:2',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      },
    ])
    const gone = await api.ask('PATCH', path, {
      body: patch({ env: [{ name: 'A', $patch: 'delete' }] }),
      type: STRATEGIC,
    })
    expect(gone.body.spec?.template?.spec?.containers).toMatchObject([{ env: [{ name: 'B' }] }])
  })

  test('managedFields say who wrote which annotation last, and when', async () => {
    const { path } = await create()
    await api.ask('PATCH', `${path}?fieldManager=ann`, {
      body: { metadata: { annotations: { a: '1', b: '1' } } },
      type: MERGE,
    })
    const after = await api.ask('PATCH', path, {
      body: { metadata: { annotations: { b: '2' } } },
      type: MERGE,
      agent: 'kubectl-annotate/v1.35',
    })
    const entries = itemsOf(after.body.metadata?.managedFields).map(fieldsOf)
    const owners = Object.fromEntries(entries.map(each => [each.manager, each]))
    expect(owners.ann).toMatchObject({ fieldsV1: { 'f:metadata': { 'f:annotations': { 'f:a': {} } } } })
    expect(JSON.stringify(owners.ann)).not.toContain('f:b')
    expect(owners['kubectl-annotate']).toMatchObject({
      operation: 'Update',
      fieldsV1: { 'f:metadata': { 'f:annotations': { 'f:b': {} } } },
    })
  })

  test('the default class is given to an Ingress without one', async () => {
    const body = ingress(fresh())
    const { ingressClassName: _none, ...spec } = body.spec
    const answer = await api.ask('POST', INGRESSES, { body: { ...body, spec } })
    expect(answer.body.spec?.ingressClassName).toBe('nginx')
  })
})

describe('refusals', () => {
  const put = (change: (body: ReturnType<typeof ingress>) => unknown) => ({ body: change(ingress(fresh())) })
  const withPath = (path: object) =>
    put(body => ({
      ...body,
      spec: {
        rules: [
          { http: { paths: [{ backend: { service: { name: 's', port: { number: 80 } } }, ...path }] } },
        ],
      },
    }))

  test.each([
    ['a name with capitals', put(body => ({ ...body, metadata: { name: 'Big' } })), 422, 'metadata.name'],
    [
      'a label value with a blank',
      put(body => ({ ...body, metadata: { name: 'x', labels: { a: 'b c' } } })),
      422,
      'metadata.labels',
    ],
    ['a path without its type', withPath({ path: '/a' }), 422, 'pathType'],
    ['a prefix that is not absolute', withPath({ path: 'a', pathType: 'Prefix' }), 422, 'path'],
    ['a prefix with a double slash', withPath({ path: '/a//b', pathType: 'Prefix' }), 422, 'path'],
    [
      'a backend without a port',
      withPath({ path: '/a', pathType: 'Prefix', backend: { service: { name: 's' } } }),
      422,
      'port',
    ],
    [
      'an IP address as host',
      put(body => ({ ...body, spec: { rules: [{ host: '10.0.0.1' }] } })),
      422,
      'host',
    ],
    ['neither rules nor default backend', put(body => ({ ...body, spec: {} })), 422, 'spec'],
    [
      'a number as an annotation',
      put(body => ({ ...body, metadata: { name: 'x', annotations: { a: 1 } } })),
      400,
      'annotations',
    ],
    ['another kind', put(body => ({ ...body, kind: 'Pod' })), 400, 'kind'],
    [
      'another namespace',
      put(body => ({ ...body, metadata: { name: 'x', namespace: 'kube-system' } })),
      400,
      'namespace',
    ],
    ['no JSON', { body: '{"a":' }, 400, ''],
    ['an own __proto__', { body: '{"metadata":{"name":"x","__proto__":{"a":1}}}' }, 400, 'proto'],
    ['a body of an unknown type', { body: 'a: b', type: 'application/yaml' }, 415, ''],
    ['more than 3 MiB', { body: JSON.stringify({ a: 'x'.repeat(3 * 1024 * 1024) }) }, 413, ''],
  ])('%s', async (_what, options, status, word) => {
    const answer = await api.ask('POST', INGRESSES, options)
    expect(answer.status, answer.text).toBe(status)
    expect(answer.body).toMatchObject({ kind: 'Status', status: 'Failure', code: status })
    expect(answer.text).toContain(word)
  })

  test('an empty path is allowed where the controller decides', async () => {
    expect(
      (await api.ask('POST', INGRESSES, withPath({ path: '', pathType: 'ImplementationSpecific' }))).status,
    ).toBe(201)
  })

  test.each([
    [
      'a selector that does not fit its template',
      { selector: { matchLabels: { app: 'other' } } },
      'selector',
    ],
    ['no selector', { selector: undefined }, 'spec.selector'],
    ['less than no pods', { replicas: -1 }, 'spec.replicas'],
    [
      'an empty image',
      { template: { metadata: { labels: { app: 'd' } }, spec: { containers: [{ name: 'a', image: '' }] } } },
      'image',
    ],
  ])('a Deployment with %s', async (_what, spec, word) => {
    const answer = await api.ask('POST', DEPLOYMENTS, { body: deployment('d', 'x:y', spec) })
    expect([answer.status, answer.body.reason]).toEqual([422, 'Invalid'])
    expect(answer.text).toContain(word)
  })

  test('the selector of a Deployment stays what it is', async () => {
    const name = fresh()
    await api.ask('POST', DEPLOYMENTS, { body: deployment(name, 'x:y', { replicas: 0 }) })
    const body = {
      spec: {
        selector: { matchLabels: { app: name, more: 'x' } },
        template: { metadata: { labels: { more: 'x' } } },
      },
    }
    const answer = await api.ask('PATCH', `${DEPLOYMENTS}/${name}`, { body, type: MERGE })
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('field is immutable')])
  })

  test('a field that does not exist is refused on wish, else dropped with a warning', async () => {
    const body = { ...ingress(fresh()), spec: { ...ingress('x').spec, ingresClassName: 'typo' } }
    const strict = await api.ask('POST', `${INGRESSES}?fieldValidation=Strict`, { body })
    expect([strict.status, strict.text]).toEqual([
      400,
      expect.stringContaining('unknown field \\"spec.ingresClassName\\"'),
    ])
    const kept = await api.ask('POST', INGRESSES, { body })
    expect(kept.headers.warning).toContain('ingresClassName')
    expect(kept.text).not.toContain('ingresClassName')
  })

  test('the webhook refuses a path that another ordinary Ingress has, but not a canary', async () => {
    const answer = await api.ask('POST', INGRESSES, { body: ingress(fresh(), 'service-user-v1', '/user') })
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('denied the request')])
    const body = ingress(fresh(), 'service-user-v1', '/user')
    const annotations = { 'nginx.ingress.kubernetes.io/canary': 'true' }
    const canary = { ...body, metadata: { ...body.metadata, annotations } }
    expect((await api.ask('POST', INGRESSES, { body: canary })).status).toBe(201)
  })

  test('what is not there is 404, with a Status that names it', async () => {
    const { status, body } = await api.ask('GET', `${INGRESSES}/none`)
    expect(status).toBe(404)
    expect(body).toMatchObject({
      reason: 'NotFound',
      details: { name: 'none', kind: 'ingresses', group: 'networking.k8s.io' },
    })
    expect((await api.ask('GET', '/apis/nothing.io/v1/things')).status).toBe(404)
    const nowhere = await api.ask('POST', '/apis/networking.k8s.io/v1/namespaces/nowhere/ingresses', {
      body: ingress('x'),
    })
    expect([nowhere.status, nowhere.body.message]).toEqual([404, 'namespaces "nowhere" not found'])
  })

  test('a lease is only replaced by who knows its version', async () => {
    const path = '/apis/coordination.k8s.io/v1/namespaces/default/leases'
    const body = { metadata: { name: 'leader' }, spec: { holderIdentity: 'a' } }
    await api.ask('POST', path, { body })
    expect((await api.ask('PUT', `${path}/leader`, { body })).status).toBe(422)
  })
})

describe('access', () => {
  test('no token is nobody, a wrong one is 401', async () => {
    expect((await api.ask('GET', INGRESSES, { token: 'wrong' })).status).toBe(401)
    expect((await api.ask('GET', INGRESSES, { token: '' })).status).toBe(403)
    expect((await api.ask('GET', '/readyz', { token: '' })).text).toBe('ok')
  })

  test.each([
    ['GET', '/api/v1/pods', 200],
    ['GET', '/apis/networking.k8s.io/v1/ingressclasses', 200],
    ['PATCH', `${INGRESSES}/nginx-ingress`, 200],
    ['GET', '/api/v1/namespaces', 403],
    ['GET', '/api/v1/events', 403],
    ['DELETE', '/api/v1/namespaces/default/pods/x', 403],
    ['PUT', `${INGRESSES}/nginx-ingress`, 403],
  ])('Halftone: %s %s is %i', async (method, path, status) => {
    const body = method === 'GET' ? {} : { body: {}, type: method === 'PATCH' ? MERGE : 'application/json' }
    expect((await api.ask(method, path, { token: sandbox.tokens.halftone, ...body })).status).toBe(status)
  })

  test('access reviews answer from the same rules', async () => {
    const review = async (verb: string, resource: string, group: string) => {
      const spec = { resourceAttributes: { verb, resource, group } }
      const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
      return (await api.ask('POST', path, { body: { spec }, token: sandbox.tokens.halftone })).body.status
    }
    expect(await review('patch', 'ingresses', 'networking.k8s.io')).toEqual({ allowed: true })
    expect(await review('delete', 'pods', '')).toEqual({ allowed: false })
    const spec = { user: 'stranger', resourceAttributes: { verb: 'get', resource: 'pods', group: '' } }
    const path = '/apis/authorization.k8s.io/v1/subjectaccessreviews'
    expect((await api.ask('POST', path, { body: { spec } })).body.status).toEqual({ allowed: false })
  })
})
