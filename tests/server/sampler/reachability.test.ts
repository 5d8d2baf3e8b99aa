import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { farSide, gateway } from './far-side'
import { FAST, id, sampling, until, weighted } from './sampling'
import type { Setup } from './world'

const isOdd = ({ headers }: IncomingMessage) => headers.cookie === '=always'

/** A controller that lets `Cookie: =always` through to the canary while `lets` says so; counts those it was asked. */
async function controller(lets: () => boolean = () => true) {
  const seen = { odd: 0 }
  const { port } = await farSide(
    gateway({
      choose: request => {
        if (isOdd(request)) seen.odd++
        return isOdd(request) && lets() ? 'canary' : 'stable'
      },
    }),
  )
  return { port, seen }
}

test('a parked canary that answers is proven to be reachable, and is not asked again', async () => {
  const { port, seen: asked } = await controller()
  const { samplers, seen, lane } = sampling(port, { sampling: FAST })
  samplers.watch(id)
  await until(() => expect(seen.samples?.reachable?.state).toBe('proven'))
  expect(Date.parse(seen.samples?.reachable?.at ?? '')).toBeLessThanOrEqual(Date.now())
  await until(() => expect(lane('everyone')?.verdict).toBe('as-configured'))
  expect(asked.odd).toBe(1)
  expect(lane('everyone')?.canary).toBe(0)
  expect(
    seen.samples?.recent.every(([, name, answered]) => name === 'everyone' && answered === 'stable'),
  ).toBe(true)
  expect(seen.samples?.perSecond).toBe(50)
})

test('stable’s answer proves nothing, and is asked for at most once in 5 s', async () => {
  const { port, seen: asked } = await controller(() => false)
  const { samplers, seen, lane } = sampling(port, { sampling: FAST })
  samplers.watch(id)
  await until(() => expect(lane('everyone')?.verdict).toBe('as-configured'))
  expect(asked.odd).toBe(1)
  expect(seen.samples?.reachable).toEqual({ state: 'not-proven', at: null })
})

test('it has to answer through each replica', async () => {
  let lets = false
  const [first, second] = [await controller(), await controller(() => lets)]
  const gateways = [first, second].map(({ port }) => {
    return { cluster: null, className: 'nginx', url: `http://127.0.0.1:${port}` }
  })
  const { samplers, seen, lane } = sampling(0, { sampling: FAST }, { gateways })
  samplers.watch(id)
  await until(() => expect(second.seen.odd).toBeGreaterThan(0))
  await until(() => expect(lane('everyone')?.verdict).toBe('as-configured'))
  expect(seen.samples?.reachable?.state).toBe('not-proven')
  lets = true
  await until(() => expect(seen.samples?.reachable?.state).toBe('proven'))
})

test.each([
  ['stable without endpoints would answer 503', { stableReady: false }],
  ['a canary without endpoints leaves the answer to stable', { canaryReady: false }],
] as [string, Setup][])('%s: cannot measure, and nothing is asked', async (_case, setup) => {
  const { port, seen: asked } = await controller()
  const { samplers, seen } = sampling(port, { ...setup, sampling: FAST })
  samplers.watch(id)
  await until(() => expect(seen.samples?.reachable).toEqual({ state: 'cannot-measure', at: null }))
  expect(asked.odd).toBe(0)
})

test('endpoints that cannot be read are asked for all the same: an answer proves them', async () => {
  const { port } = await controller()
  const { samplers, seen } = sampling(port, { canaryReady: 'unknown', sampling: FAST })
  samplers.watch(id)
  await until(() => expect(seen.samples?.reachable?.state).toBe('proven'))
})

test('a gateway that is down: cannot measure', async () => {
  const far = await farSide(gateway({ choose: weighted(0) }))
  await far.close()
  const { samplers, seen } = sampling(far.port, { sampling: FAST })
  samplers.watch(id)
  await until(() => expect(seen.samples?.reachable?.state).toBe('cannot-measure'))
})

test.each([
  ['a cookie rule', { cookie: 'vip_user' }],
  ['a header rule', { header: 'role' }],
  ['a weight', { weight: 20 }],
] as [string, Setup][])('with %s it is not parked: the odd cookie is not used', async (_case, setup) => {
  const { port, seen: asked } = await controller()
  const { samplers, seen, lane } = sampling(port, { ...setup, sampling: FAST })
  samplers.watch(id)
  await until(() => expect(lane('everyone')?.sent).toBeGreaterThan(20))
  expect(seen.samples?.reachable).toBeNull()
  expect(asked.odd).toBe(0)
})

test('canary endpoints that went and came back have to be shown anew', async () => {
  const { port, seen: asked } = await controller()
  const { samplers, seen, reconfigure } = sampling(port, { sampling: FAST })
  samplers.watch(id)
  await until(() => expect(seen.samples?.reachable?.state).toBe('proven'))
  reconfigure({ sampling: FAST, canaryReady: false })
  await until(() => expect(seen.samples?.reachable?.state).toBe('cannot-measure'))
  reconfigure({ sampling: FAST })
  await until(() => expect(asked.odd).toBe(2))
  await until(() => expect(seen.samples?.reachable?.state).toBe('proven'))
})
