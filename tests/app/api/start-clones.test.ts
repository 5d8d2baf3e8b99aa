import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fieldsOf } from '@/lib/domain/raw'
import { type Client, clientOf } from '@/tests/contract/client'
import { askOffer, askReview, writtenIn } from '../starting'
import { type Stage, startServer } from '../with-server'

let stage: Stage
let api: Client
let before: string[]

beforeAll(async () => {
  stage = await startServer({}, { world: 'clones' })
  api = clientOf(stage.sandbox)
  before = await writtenIn(api)
})
afterAll(async () => {
  expect(await writtenIn(api)).toEqual(before)
  await api.close()
  await stage.stop()
})

const routeOf = (name: string) => ({
  namespace: `clone-${name}`,
  ingress: name,
  host: `${name}.clones.test`,
  path: '/',
})
const review = (name: string, more: object = {}) =>
  askReview({ ...routeOf(name), image: `nginx:${name}-v2`, ...more })

describe('what may stand behind a route', () => {
  test.each([
    ['tidy', {}, ['L21']],
    ['tidy', { weight: 5 }, []],
    ['tidy', { rules: { header: { name: 'role', value: 'test' }, cookie: 'vip' } }, []],
    ['sidecar', { container: 'app' }, ['L21', 'S03', 'S04']],
    ['pair', { deployment: 'pair-green', weight: 5 }, ['S03', 'S04']],
    ['named-port', { weight: 5 }, ['S03', 'S04']],
    ['guarded', { weight: 5 }, ['S01', 'S02', 'S03', 'S04']],
    ['sticky', { weight: 5 }, ['L24', 'S03', 'S04']],
    ['shared', { weight: 5 }, ['L06', 'S03', 'S04']],
  ])(
    '%s with %o: the cluster would take all three, and what is to be known of it is told',
    async (name, more, told) => {
      const { status, body } = await review(name, more)
      expect(status, JSON.stringify(body)).toBe(200)
      expect(body.refusals).toEqual([])
      expect(body.findings.map(({ id }) => id).sort()).toEqual(told)
    },
  )

  test.each([
    ['sidecar', 'ambiguous-container', { containers: 'app, proxy' }],
    ['pair', 'ambiguous-deployment', { deployments: 'pair-blue, pair-green' }],
    ['stateful', 'not-clonable', { why: 'statefulset' }],
    ['outside', 'not-clonable', { why: 'external-name' }],
    ['by-hand', 'not-clonable', { why: 'no-selector' }],
    ['caught', 'selector-overlap', { kind: 'Service', name: 'all-web' }],
    ['budgeted', 'selector-overlap', { kind: 'PodDisruptionBudget', name: 'everything' }],
  ])('%s is refused: %s', async (name, code, params) => {
    expect(await review(name)).toMatchObject({ status: 422, body: { code, params } })
  })

  test('of several containers only the chosen one gets another image', async () => {
    const { body } = await review('sidecar', { container: 'proxy', image: 'envoy:v1.32' })
    const { template } = fieldsOf(body.objects[0].spec)
    expect(fieldsOf(fieldsOf(template).spec).containers).toMatchObject([
      { name: 'app', image: 'nginx:sidecar-v1' },
      { name: 'proxy', image: 'envoy:v1.32' },
    ])
  })

  test('all that can be chosen from is offered', async () => {
    const { body } = await askOffer(routeOf('pair'))
    expect(body.deployments.map(({ name }) => name).sort()).toEqual(['pair-blue', 'pair-green'])
    const { body: sidecar } = await askOffer(routeOf('sidecar'))
    expect(sidecar.deployments).toMatchObject([
      { containers: [{ name: 'app' }, { name: 'proxy', env: [{ name: 'UPSTREAM', value: 'app' }] }] },
    ])
  })
})

describe('a Service that is for all versions', () => {
  test('is refused, with what selects too much and how to mend it', async () => {
    const wide = await startServer({}, { world: 'wide' })
    const route = { namespace: 'default', ingress: 'nginx-ingress', host: '' }
    for (const app of ['user', 'pay']) {
      const refused = await askReview({ ...route, path: `/${app}`, image: `nginx:${app}-v2` })
      expect(refused).toMatchObject({
        status: 422,
        body: {
          code: 'selector-overlap',
          params: {
            kind: 'Service',
            name: `service-${app}-v1`,
            mend: expect.stringContaining(`version: v1`),
          },
        },
      })
    }
    await wide.stop()
  })
})
