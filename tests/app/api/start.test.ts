import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { PATCH, POST as start } from '@/app/api/clusters/[cluster]/releases/route'
import { deploymentOf, ingressOf, type Manifest, namespaceOf, serviceOf } from '@/sandbox/world/objects'
import { type Client, clientOf } from '@/tests/contract/client'
import { adminOf } from '@/tests/sandbox/admin/client'
import { askOffer, askReview, PLACES, writtenIn } from '../starting'
import { call, type Stage, startServer } from '../with-server'

const USER = { namespace: 'default', ingress: 'nginx-ingress', host: '', path: '/user' }
const PAY = { ...USER, path: '/pay' }
const WISH = { ...USER, image: 'nginx:user-v2' }
const params = { cluster: 'demo' }
let stage: Stage
let api: Client
let fault: (body: object) => Promise<unknown>

beforeAll(async () => {
  stage = await startServer({}, { world: 'default' })
  api = clientOf(stage.sandbox)
  fault = body => adminOf(stage.sandbox)('/faults', body)
})
afterEach(() => fault({ reset: true }))
afterAll(async () => {
  await api.close()
  await stage.stop()
})

async function create(objects: readonly object[]): Promise<void> {
  for (const object of objects) {
    const { kind, metadata } = object as Manifest
    const place = PLACES[kind] ?? ''
    const { namespace } = metadata
    const path = namespace ? place.replace(/[a-z]+$/, plural => `namespaces/${namespace}/${plural}`) : place
    const made = await api.ask('POST', path, { body: object })
    expect([200, 201], made.text).toContain(made.status)
  }
}
/** Until the route is known: what was made just now comes by the watch. */
const isKnown = (route: object) => vi.waitFor(async () => expect((await ask(route)).status).not.toBe(404))

const ask = askOffer
const review = askReview
const written = () => writtenIn(api)

describe('what a start can begin from', () => {
  test('is told of each route by itself: what is behind it now, and the next free names', async () => {
    const { status, body } = await ask(USER)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      route: { ...USER, pathType: 'Prefix', service: 'service-user-v1', port: 80 },
      deployments: [
        { name: 'user-v1', replicas: 3, containers: [{ name: 'nginx', image: 'nginx:user-v1', env: [] }] },
      ],
      names: { suffix: 'v2', deployment: 'user-v2', service: 'service-user-v2', name: 'user-canary' },
      obstacle: null,
    })
    expect((await ask(PAY)).body).toMatchObject({ names: { name: 'pay-canary', service: 'service-pay-v2' } })
  })

  test('a route that is not there is not found, in words', async () => {
    expect(await ask({ ...USER, path: '/nowhere' })).toMatchObject({
      status: 404,
      body: { code: 'not-found', title: expect.stringContaining('/nowhere') },
    })
  })

  test.each([
    ['a route without its host', { namespace: 'default', ingress: 'nginx-ingress', path: '/user' }, 'host'],
    ['a type of path that there is not', { ...USER, pathType: 'Regex' }, 'pathType'],
    ['a word that means nothing here', { ...USER, service: 'x' }, 'service'],
  ])('%s is 422 and names the field', async (_what, query, field) => {
    expect(await ask(query)).toMatchObject({ status: 422, body: { code: 'invalid-input', field } })
  })

  test('a path that stands there with two types is ambiguous until one is named', async () => {
    const paths = [
      { path: '/a', service: 'service-twice-v1' },
      { path: '/a', pathType: 'Exact', service: 'service-exact-v1' },
    ]
    await create([ingressOf({ namespace: 'default', name: 'twice', host: 'twice.test', paths })])
    const route = { namespace: 'default', ingress: 'twice', host: 'twice.test', path: '/a' }
    await isKnown(route)
    expect(await ask(route)).toMatchObject({
      status: 422,
      body: { code: 'ambiguous-route', field: 'pathType', params: { pathTypes: 'Prefix, Exact' } },
    })
    expect((await ask({ ...route, pathType: 'Exact' })).body.route).toMatchObject({
      service: 'service-exact-v1',
    })
  })

  test('what cannot be copied is an obstacle, with its reason', async () => {
    const { spec, metadata } = deploymentOf({
      namespace: 'default',
      name: 'db-v1',
      image: 'nginx:db-v1',
      replicas: 0,
    })
    await create([
      { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { ...spec, serviceName: 'db' } },
      serviceOf('default', 'service-db-v1', 'db-v1'),
      ingressOf({
        namespace: 'default',
        name: 'db',
        host: 'db.test',
        paths: [{ path: '/', service: 'service-db-v1' }],
      }),
    ])
    const route = { namespace: 'default', ingress: 'db', host: 'db.test', path: '/' }
    await isKnown(route)
    expect((await ask(route)).body.obstacle).toMatchObject({
      code: 'not-clonable',
      params: { why: 'statefulset' },
    })
    const refused = await review({ ...route, image: 'nginx:db-v2' })
    expect(refused).toMatchObject({ status: 422, body: { code: 'not-clonable' } })
  })

  test.each([
    ['Deployment', 'deployments'],
    ['Service', 'services'],
    ['StatefulSet', 'statefulsets'],
    ['PodDisruptionBudget', 'poddisruptionbudgets'],
    ['HorizontalPodAutoscaler', 'horizontalpodautoscalers'],
  ])('a %s that may not be listed is named: without it nothing can be promised', async (kind, plural) => {
    await fault({ deny: { verb: 'list', kind } })
    for (const answer of [await ask(USER), await review(WISH)]) {
      expect(answer).toMatchObject({
        status: 403,
        body: { code: 'cluster-forbids', title: expect.stringContaining(plural), params: { kind: plural } },
      })
    }
  })
})

describe('a review', () => {
  test('is the three objects, what the linter would say, and the cluster’s own dry run; nothing is written', async () => {
    const before = await written()
    const { status, body } = await review(WISH)
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body.id).toEqual({ cluster: 'demo', namespace: 'default', name: 'user-canary' })
    expect(body.objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Deployment user-v2',
      'Service service-user-v2',
      'Ingress user-canary',
    ])
    expect(body.refusals).toEqual([])
    expect(body.findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(await written()).toEqual(before)
  })

  test('its pages show what differs from the stable version, line by line', async () => {
    const { body } = await review(WISH)
    const marked = body.pages.map(({ lines }) =>
      lines.filter(({ sign }) => sign !== '').map(({ sign, text }) => `${sign} ${text.trim()}`),
    )
    expect(marked[0]).toEqual(
      expect.arrayContaining([
        '- - image: nginx:user-v1',
        '+ - image: nginx:user-v2',
        '- app: user-v1',
        '+ app: user-v2',
      ]),
    )
    expect(marked[1]).toEqual(expect.arrayContaining(['- app: user-v1', '+ app: user-v2']))
    expect(marked[2]).toEqual(
      expect.arrayContaining(['+ nginx.ingress.kubernetes.io/canary: "true"', '+ name: service-user-v2']),
    )
  })

  test('of a second route beside it is another release', async () => {
    const { status, body } = await review({ ...PAY, image: 'nginx:pay-v2' })
    expect([status, body.id?.name, body.refusals]).toEqual([200, 'pay-canary', []])
  })

  test('writes the backend’s port in the form of the ordinary Ingress: a name stays a name', async () => {
    const { spec, ...service } = serviceOf('default', 'service-named-v1', 'named-v1')
    const port = { name: 'web', port: 80, targetPort: 80 }
    const backend = { service: { name: 'service-named-v1', port: { name: 'web' } } }
    const ingress = ingressOf({ namespace: 'default', name: 'named', paths: null })
    const rules = [{ host: 'named.test', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }]
    await create([
      deploymentOf({ namespace: 'default', name: 'named-v1', image: 'nginx:named-v1', replicas: 0 }),
      { ...service, spec: { ...spec, ports: [port] } },
      { ...ingress, spec: { ...ingress.spec, rules } },
    ])
    const route = { namespace: 'default', ingress: 'named', host: 'named.test', path: '/' }
    await isKnown(route)
    const { body } = await review({ ...route, image: 'nginx:named-v2' })
    expect(JSON.stringify(body.objects?.[2])).toContain('{"name":"service-named-v2","port":{"name":"web"}}')
    expect(body.refusals).toEqual([])
  })

  const ends = ['rbac', 'quota', 'webhook'].flatMap(end =>
    ['Deployment', 'Service', 'Ingress'].map(kind => [end, kind] as const),
  )
  test.each(ends)(
    'what %s says to the %s is shown, and the other two are asked all the same',
    async (end, kind) => {
      await fault({ writes: { kind, end, message: 'not today' } })
      const before = await written()
      const { status, body } = await review(WISH)
      expect(status, JSON.stringify(body)).toBe(200)
      const code = end === 'rbac' ? 'cluster-forbids' : 'cluster-refuses'
      const says = { rbac: `cannot create resource`, quota: 'exceeded quota', webhook: 'not today' }[end]
      expect(body.refusals).toEqual([
        {
          kind,
          name: body.objects.find(each => each.kind === kind)?.metadata.name,
          code,
          title: expect.stringContaining(says ?? '?'),
        },
      ])
      expect(await written()).toEqual(before)
    },
  )

  test('a cluster that cannot be asked is no refusal: 503', async () => {
    await fault({ writes: { kind: 'Service', end: 'cut' } })
    expect(await review(WISH)).toMatchObject({ status: 503, body: { code: 'cluster-unreachable' } })
  })

  test('names that are taken meanwhile are the cluster’s to refuse, as already-exists', async () => {
    const taken = serviceOf('default', 'service-user-v2', 'user-v2')
    await create([taken])
    const { status, body } = await review({ ...WISH, suffix: 'v2' })
    expect([status, body.code, body.params]).toMatchObject([
      409,
      'already-exists',
      { kind: 'Service', name: 'service-user-v2' },
    ])
    expect((await ask(USER)).body.names).toMatchObject({ suffix: 'v3' })
    await api.ask('DELETE', '/api/v1/namespaces/default/services/service-user-v2')
  })

  test('a route that is taken away before the start is not found any more', async () => {
    await create([
      namespaceOf('brief'),
      deploymentOf({ namespace: 'brief', name: 'a-v1', image: 'nginx:a-v1', replicas: 0 }),
      serviceOf('brief', 'service-a-v1', 'a-v1'),
      ingressOf({
        namespace: 'brief',
        name: 'a',
        host: 'a.test',
        paths: [{ path: '/', service: 'service-a-v1' }],
      }),
    ])
    const route = { namespace: 'brief', ingress: 'a', host: 'a.test', path: '/' }
    await isKnown(route)
    expect((await review({ ...route, image: 'nginx:a-v2' })).status).toBe(200)
    await api.ask('DELETE', '/apis/networking.k8s.io/v1/namespaces/brief/ingresses/a')
    expect(await review({ ...route, image: 'nginx:a-v2' })).toMatchObject({
      status: 404,
      body: { code: 'not-found', title: expect.stringContaining('brief/a') },
    })
  })
})

describe('what nobody may ask of a start', () => {
  test.each([
    ['an image that is none', { image: 'nginx user' }, 'image'],
    ['no image', { image: undefined }, 'image'],
    ['an image of 10 kB', { image: `nginx:${'a'.repeat(10_000)}` }, 'image'],
    ['a suffix that makes no name', { suffix: 'V2!' }, 'suffix'],
    ['a name that is no name', { name: '../x' }, 'name'],
    ['half a pod', { replicas: 1.5 }, 'replicas'],
    ['pods in words', { replicas: '3' }, 'replicas'],
    ['less than no pods', { replicas: -1 }, 'replicas'],
    ['a Service of one’s own', { service: 'x' }, 'service'],
    ['annotations of one’s own', { annotations: {} }, 'annotations'],
    ['a variable that is a number', { env: { A: 1 } }, 'env.A'],
    ['a weight in percent', { weight: '5%' }, 'weight'],
    ['a weight above its total', { weight: 101 }, 'weight'],
    [
      'a header that ends the line',
      { rules: { header: { name: 'a\r\nb', value: 'x' }, cookie: null } },
      'header.name',
    ],
    ['a Deployment that is not behind the route', { deployment: 'pay-v1' }, 'deployment'],
    ['a reason without end', { reason: 'x'.repeat(501) }, 'reason'],
    ['a prototype', JSON.parse('{"env":{"__proto__":"x"}}') as object, '__proto__'],
  ])('%s is 422 and names the field; nothing is written', async (_what, wrong, field) => {
    const before = await written()
    expect(await review({ ...WISH, ...wrong })).toMatchObject({ status: 422, body: { field } })
    expect(await written()).toEqual(before)
  })

  test.each([
    ['no JSON', '{', 400],
    ['too much', JSON.stringify({ ...WISH, reason: 'x'.repeat(70_000) }), 413],
  ])('%s', async (_what, body, status) => {
    expect((await call(start, { params, method: 'POST', body })).status).toBe(status)
  })

  test('a route by names that nobody has is not found, whatever they look like', async () => {
    for (const namespace of ['../x', '%2e%2e', 'kube-system', 'A']) {
      expect((await review({ ...WISH, namespace })).status).toBe(404)
    }
  })

  test('another method, another cluster', async () => {
    expect((await call(PATCH, { params, method: 'PATCH', body: {} })).status).toBe(405)
    expect((await call(start, { params: { cluster: 'other' }, method: 'POST', body: WISH })).status).toBe(404)
  })
})
