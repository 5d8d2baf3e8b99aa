import { expect, test, vi } from 'vitest'
import type { StartChoice } from '@/lib/domain/start/choice'
import { DEPLOYMENTS, INGRESSES, stepOf, stepsOf, USER, type World, world } from './with-operations'

const releaseOf = (on: World) => {
  const release = on.runtime.clusters.get('demo')?.get(USER)
  if (!release?.ok) throw new Error('there is no release')
  return release.value
}

async function released(
  choice: Partial<StartChoice> = {},
  options: { isSampled?: boolean; dueMs?: number } = {},
) {
  const on = await world({ isSampled: choice.weight !== undefined, ...options })
  const ended = await on.ended(await on.start(choice))
  expect(ended.problem).toBeNull()
  return on
}

test('a fixed build in the middle of a release: parked first, then changed, ready, reachable, and still parked', async () => {
  const on = await released({ weight: 20, rules: { header: null, cookie: 'vip_user' } })
  const seen: string[] = []
  on.runtime.hub.subscribe(`release/demo/default/${USER.name}`, () => {
    const { weight, rules, canary } = releaseOf(on)
    seen.push(`${weight} ${rules.cookie} ${canary.deployments[0]?.image}`)
  })
  const ended = await on.ended(on.image('nginx:user-v3'))
  expect(ended).toMatchObject({ kind: 'image', state: 'done', problem: null })
  expect(stepsOf(ended)).toEqual(['parked', 'image', 'pods', 'reachable'].map(step => `${step} done`))
  expect(stepOf(ended, 'parked')?.params).toMatchObject({ isWritten: true })
  expect(releaseOf(on)).toMatchObject({ state: 'parked', weight: 0, rules: { header: null, cookie: null } })
  expect(seen.filter(each => each.includes('user-v3')).every(each => each.startsWith('0 null'))).toBe(true)
  const deployment = await on.kubectl('GET', `${DEPLOYMENTS}/user-v2`)
  const { annotations } = (deployment as { metadata: { annotations: Record<string, string> } }).metadata
  expect(JSON.parse(annotations['halftone.dev/change'] ?? '')).toMatchObject({
    deployment: 'user-v1',
    image: 'nginx:user-v3',
  })
})

test('a build that does not get ready: said with the reason of a new pod, and the release stays parked', async () => {
  const on = await released()
  const ended = await on.ended(on.image('nginx:no-such-build'))
  expect(ended.problem).toMatchObject({ code: 'pods-not-ready' })
  expect(ended.problem?.params?.reason).toMatch(/Image/)
  expect(releaseOf(on).state).toBe('parked')
  const again = await on.ended(on.image('nginx:user-v3'))
  expect(again.problem).toBeNull()
})

test('an answer to the change of the image that is lost: it is written once', async () => {
  const on = await released()
  await on.fault({ writes: { end: 'lost', kind: 'Deployment', verb: 'patch', at: 1 } })
  expect((await on.ended(on.image('nginx:user-v3'))).problem).toBeNull()
})

test('begun before somebody else’s change: refused, and nothing is written', async () => {
  const on = await released()
  const { resourceVersion } = releaseOf(on)
  await on.kubectl('PATCH', `${INGRESSES}/user-canary`, {
    metadata: { annotations: { 'nginx.ingress.kubernetes.io/canary-weight': '5' } },
  })
  await vi.waitFor(() => expect(releaseOf(on).weight).toBe(5))
  expect(on.image('nginx:user-v3', resourceVersion)).toMatchObject({ problem: { code: 'stale-edit' } })
  expect(on.image('not an image')).toMatchObject({ problem: { code: 'invalid-input', field: 'image' } })
  expect(releaseOf(on)).toMatchObject({ weight: 5, canary: { deployments: [{ image: 'nginx:user-v2' }] } })
})

const weigh = (weight: string) => ({
  metadata: { annotations: { 'nginx.ingress.kubernetes.io/canary-weight': weight } },
})

test('parked by somebody else just now: the build waits until the gateway must have followed', async () => {
  const on = await released()
  await on.kubectl('PATCH', `${INGRESSES}/user-canary`, weigh('20'))
  await vi.waitFor(() => expect(releaseOf(on).weight).toBe(20))
  await on.kubectl('PATCH', `${INGRESSES}/user-canary`, weigh('0'))
  await vi.waitFor(() => expect(releaseOf(on).weight).toBe(0))
  const begun = on.image('nginx:user-v3')
  const isDue = () => Date.now() >= Date.parse(on.runtime.samplers.read(USER)?.due ?? '')
  while (stepOf(on.operation(begun), 'parked')?.state === 'running') await new Promise(setImmediate)
  expect(isDue()).toBe(true)
  const ended = await on.ended(begun)
  expect(stepOf(ended, 'parked')?.params).toMatchObject({ isWritten: false })
  expect(ended.problem).toBeNull()
})

test('pods that another Ingress leads everybody to get no build through a release that is parked', async () => {
  const on = await released()
  await on.kubectl('POST', INGRESSES, {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'beta' },
    spec: {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'beta.example',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'service-user-v2', port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    },
  })
  await vi.waitFor(() => expect(on.runtime.clusters.get('demo')?.ingress('default', 'beta')).toBeDefined())
  expect(on.image('nginx:user-v3')).toMatchObject({
    problem: { code: 'selector-overlap', params: { kind: 'Ingress', name: 'beta' } },
  })
})

test('a weight that somebody gives in the last moment: the image is not changed under it', async () => {
  const on = await released()
  await on.kubectl('PATCH', `${INGRESSES}/user-canary`, weigh('20'))
  await vi.waitFor(() => expect(releaseOf(on).weight).toBe(20))
  const begun = on.image('nginx:user-v3')
  await vi.waitFor(() => expect(releaseOf(on).weight).toBe(0), { interval: 5 })
  await on.kubectl('PATCH', `${INGRESSES}/user-canary`, weigh('20'))
  const ended = await on.ended(begun)
  expect(ended.problem).toMatchObject({ code: 'not-parked' })
  expect(releaseOf(on)).toMatchObject({ weight: 20, canary: { deployments: [{ image: 'nginx:user-v2' }] } })
})

test('a build is proven reachable by an answer that no pod of the one before can have given', async () => {
  const on = await released({}, { isSampled: true, dueMs: 3_000 })
  const ended = await on.ended(on.image('nginx:user-v3'))
  const isReady = Date.parse(stepOf(ended, 'pods')?.at ?? '')
  expect(stepOf(ended, 'reachable')?.state).toBe('done')
  expect(Date.parse(String(stepOf(ended, 'reachable')?.params.at)) - isReady).toBeGreaterThanOrEqual(3_000)
})
