import { expect, test, vi } from 'vitest'
import { INGRESSES, stepOf, stepsOf, world } from './with-operations'

const env = (name: string, value: string) => ({ env: { [name]: value } })

test.each([
  ['an image that does not exist', {}, { image: 'nginx:no-such-tag' }, /^(ErrImagePull|ImagePullBackOff)$/],
  ['pods that crash', {}, env('CRASH_AFTER', '20'), /^CrashLoopBackOff$/],
  ['a cluster without room', { node: 'full' }, {}, /^Unschedulable$/],
  ['a quota on pods', { writes: { end: 'quota', kind: 'Pod' } }, {}, /^FailedCreate$/],
])(
  '%s: the step fails with the cluster’s own reason, and nobody is sent anywhere',
  async (_case, fault, choice, reason) => {
    const on = await world({ isSampled: false })
    await on.fault(fault)
    const ended = await on.ended(await on.start(choice))
    expect(stepsOf(ended)).toEqual([
      'deployment done',
      'service done',
      'pods failed',
      'endpoints waiting',
      'ingress waiting',
      'reachable waiting',
    ])
    const { code, params } = ended.problem ?? {}
    expect(code).toBe('pods-not-ready')
    expect(params).toMatchObject({ ready: 0, replicas: 3, reason: expect.stringMatching(reason) })
    expect(params?.message).toEqual(expect.stringMatching(/\w/))
    expect(stepOf(ended, 'pods')?.params).toEqual(params)
    await vi.waitFor(() =>
      expect(on.halfStarted()).toMatchObject({ isRunning: false, pods: { ready: 0, replicas: 3 } }),
    )
    await on.fault({ reset: true })
    expect(await on.ended(on.remove())).toMatchObject({ state: 'done' })
    expect(await on.made()).toEqual({})
  },
)

test('pods that run and are never ready: given up in time, with what the pod says', async () => {
  const on = await world({ times: { podsMs: 1_500 } })
  const ended = await on.ended(await on.start(env('READY', 'false')))
  expect(ended.problem).toMatchObject({
    code: 'pods-not-ready',
    params: { ready: 0, reason: 'ContainersNotReady' },
  })
})

test('a Service whose port leads to no pod: no canary is made', async () => {
  const on = await world({ times: { endpointsMs: 1_500 } })
  const backend = { service: { name: 'service-user-v1', port: { number: 81 } } }
  await on.kubectl('PATCH', `${INGRESSES}/nginx-ingress`, {
    spec: { rules: [{ http: { paths: [{ path: '/user', pathType: 'Prefix', backend }] } }] },
  })
  await vi.waitFor(() => expect(on.runtime.clusters.get('demo')?.routes()).toMatchObject([{ port: 81 }]))
  const ended = await on.ended(await on.start())
  expect(ended.problem).toMatchObject({ code: 'no-endpoints' })
  expect(stepOf(ended, 'ingress')?.state).toBe('waiting')
})
