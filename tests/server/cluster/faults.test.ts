import { afterEach, expect, test, vi } from 'vitest'
import type { ClusterTimes } from '@/lib/server/cluster/reading'
import { endsTrue as endsEqual, isLive, isStale } from './stage'
import { canaryManifest, INGRESSES, NGINX, QUICK, type SandboxStage, stage, USER } from './with-sandbox'

let on: SandboxStage

async function begin(times: ClusterTimes = QUICK) {
  on = await stage({ times })
  await on.kubectl('POST', INGRESSES, canaryManifest('user-canary', { [`${NGINX}canary-weight`]: '0' }))
  await vi.waitFor(() => expect(on.cluster.get(USER).ok).toBe(true))
}
afterEach(() => on.stop())

const weigh = (weight: number) => on.annotate('user-canary', { [`${NGINX}canary-weight`]: String(weight) })

const endsTrue = () => endsEqual(on)

test('all watches cut: taken up again, nothing lost', async () => {
  await begin()
  await on.fault({ watches: 'cut' })
  await weigh(11)
  await endsTrue()
})

test('one watch black-holed: stale within the idle limit and 2 s, and true again', async () => {
  await begin()
  await on.fault({ blackhole: 'ingresses' })
  await weigh(12)
  await isStale(on.cluster, (QUICK.idleMs ?? 0) + 2_000)
  await on.fault({ blackhole: null })
  await endsTrue()
})

test('API server black-holed: stale within 4 s with the times of the product, and true again', async () => {
  await begin({})
  await on.fault({ blackhole: 'all' })
  await isStale(on.cluster, 4_000)
  expect(on.cluster.state().nextTryAt).not.toBeNull()
  await weigh(13)
  await on.fault({ blackhole: null })
  await endsTrue()
})

test('all versions expired (410): relisted, a missed deletion too', async () => {
  await begin()
  await on.kubectl('POST', INGRESSES, canaryManifest('second', {}))
  await vi.waitFor(() => expect(on.cluster.releases()).toHaveLength(2))
  await on.fault({ blackhole: 'ingresses' })
  await on.kubectl('DELETE', `${INGRESSES}/second`)
  await on.fault({ expire: true })
  await on.fault({ blackhole: null, watches: 'cut' })
  await endsTrue()
  expect(on.cluster.releases()).toHaveLength(1)
})

test('half of all answers 429 with Retry-After: slower, but true in the end', async () => {
  await begin()
  await on.fault({ answer: { status: 429, percent: 50, retryAfter: 1 } })
  await on.fault({ watches: 'cut' })
  await weigh(14)
  await vi.waitFor(() => expect(on.cluster.get(USER)).toMatchObject({ value: { weight: 14 } }), {
    timeout: 15_000,
  })
  await on.fault({ reset: true })
  await endsTrue()
})

test('403 on endpoints: what a request gets is not known, instead of a 503', async () => {
  await begin()
  await on.fault({ deny: { verb: '*', kind: 'endpointslices' } })
  await on.fault({ watches: 'cut' })
  await vi.waitFor(
    () => expect(on.cluster.state().unreadable).toEqual([{ kind: 'endpointslices', why: 'forbidden' }]),
    { timeout: 5_000 },
  )
  const [route] = on.cluster.routes()
  const decided = on.cluster.decide({ host: route?.host ?? '', path: route?.path ?? '/' })
  expect(decided).toMatchObject({ ok: true, value: { to: 'unknown', because: 'endpoints' } })
})

test('403 on pods: that part says so, the rest works, and pods come back when allowed', async () => {
  await begin()
  await on.fault({ deny: { verb: '*', kind: 'pods' } })
  await on.fault({ watches: 'cut' })
  await vi.waitFor(
    () => expect(on.cluster.state().unreadable).toEqual([{ kind: 'pods', why: 'forbidden' }]),
    {
      timeout: 5_000,
    },
  )
  await weigh(15)
  await vi.waitFor(() => expect(on.cluster.get(USER)).toMatchObject({ value: { weight: 15 } }))
  await vi.waitFor(() => expect(on.cluster.state().state).toBe('live'), { timeout: 5_000 })
  await on.fault({ reset: true })
  await vi.waitFor(() => expect(on.cluster.state().unreadable).toEqual([]), { timeout: 5_000 })
  await endsTrue()
})

test('the canary deleted under the page: its frames say gone', async () => {
  await begin()
  await vi.waitFor(() => expect(on.frames.has('board/demo/default/user-canary')).toBe(true))
  await on.kubectl('DELETE', `${INGRESSES}/user-canary`)
  await vi.waitFor(() => expect(on.frames.has('release/demo/default/user-canary')).toBe(false))
  expect(on.frames.has('board/demo/default/user-canary')).toBe(false)
  expect(on.cluster.get(USER)).toMatchObject({ ok: false, problem: { code: 'not-found' } })
})

test('API server gone for ten seconds and back: stale, asked ever less often, and true again', async () => {
  await begin({})
  await on.fault({ down: true })
  await isStale(on.cluster, 4_000)
  const tries = new Set<string>()
  const untilMs = performance.now() + 10_000
  await vi.waitFor(
    () => {
      const { nextTryAt } = on.cluster.state()
      if (nextTryAt) tries.add(nextTryAt)
      expect(performance.now()).toBeGreaterThan(untilMs)
    },
    { timeout: 12_000, interval: 5 },
  )
  // One request a try, to /readyz: 0.2 s × 2 … 5 s. Requests in any second are counted in kubernetes/outage.test.ts.
  expect(tries.size).toBeGreaterThanOrEqual(3)
  expect(tries.size).toBeLessThanOrEqual(10)
  await on.fault({ down: false })
  await weigh(16)
  await isLive(on.cluster)
  await endsTrue()
})
