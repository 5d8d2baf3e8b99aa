import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { rollbackPatch } from '@/lib/domain/rollback'
import { ingressOf, NGINX } from '@/sandbox/world/objects'
import { beginRelease, create, endWhole, pictureOf, revive } from '@/tests/cluster/faults/begin'
import { canaryIn, collection, freshName } from '@/tests/cluster/faults/world'
import { theCluster } from '@/tests/cluster/harness/cluster'
import { pidIn } from '@/tests/cluster/harness/process'
import { busiest, endsTrue, isLive, isStale, type Stage, stageOn } from '@/tests/server/cluster/stage'

const NAMESPACE = freshName('apiserver')
const INGRESSES = collection.Ingress(NAMESPACE)
const CANARY = { cluster: 'demo', namespace: NAMESPACE, name: 'app-canary' }
const DOWN_MS = 10_000

const real = theCluster()
let on: Stage
/** Each state that was told, with the releases on show then. */
const told: { state: string; unreadable: number; releases: string[] }[] = []

beforeAll(async () => {
  on = await stageOn(real, {
    onState: ({ state, unreadable }, cluster) =>
      told.push({ state, unreadable: unreadable.length, releases: namesIn(cluster.releases()) }),
  })
  await beginRelease(on, NAMESPACE)
  await create(on, [canaryIn(NAMESPACE, 'goes')])
  await vi.waitFor(() => expect(names()).toEqual(['app-canary', 'goes']), { timeout: 10_000 })
})

afterAll(async () => {
  await endWhole(on, NAMESPACE)
  await on.stop()
})

afterEach(() => revive(real))

const namesIn = (releases: readonly { id: { namespace: string; name: string } }[]) =>
  releases.flatMap(({ id }) => (id.namespace === NAMESPACE ? [id.name] : [])).sort()
const names = () => namesIn(on.cluster.releases())

function canary() {
  const held = on.cluster.get(CANARY)
  if (!held.ok) throw new Error(held.problem.title)
  return held.value
}

test('killed for ten seconds: the last picture marked stale, then live only with the truth, and equal to a fresh LIST', async () => {
  const picture = pictureOf(on, CANARY)
  const [before, killedMs] = [told.length, performance.now()]
  await real.kill('kube-apiserver')
  await isStale(on.cluster, 4_000)
  const staleMs = performance.now() - killedMs
  expect(pictureOf(on, CANARY)).toEqual(picture)
  expect(on.cluster.state().nextTryAt).not.toBeNull()
  const { resourceVersion } = canary()
  const refused = await on.cluster.patch(CANARY, {
    patch: { metadata: { annotations: {} } },
    resourceVersion,
  })
  expect(refused).toMatchObject({ ok: false, problem: { code: 'cluster-unreachable' } })
  await vi.waitFor(() => expect(performance.now() - killedMs).toBeGreaterThan(DOWN_MS), { timeout: DOWN_MS })

  await real.start('kube-apiserver')
  const backMs = performance.now()
  // While Halftone is not back yet: a canary goes, an Ingress comes, a Deployment is scaled.
  await on.kubectl('DELETE', `${INGRESSES}/goes`)
  await create(on, [
    ingressOf({
      namespace: NAMESPACE,
      name: 'comes',
      host: 'new.example',
      paths: [{ path: '/', service: 'app-v1' }],
    }),
  ])
  await on.kubectl('PATCH', `${collection.Deployment(NAMESPACE)}/app-v2`, { spec: { replicas: 2 } })
  await isLive(on.cluster, 20_000)
  const liveMs = performance.now() - backMs
  const live = told.slice(before).filter(each => each.state === 'live')
  expect(new Set(live.map(each => each.releases.join()))).toEqual(new Set(['app-canary']))
  expect(told.slice(before).filter(each => each.unreadable > 0)).toEqual([])
  await endsTrue(on)
  const since = on.askedMs.filter(at => at > killedMs)
  console.log(
    `API server killed: stale after ${Math.round(staleMs)} ms, live ${Math.round(liveMs)} ms after it was ready again, at most ${busiest(since)} requests in a second`,
  )
  expect(busiest(since)).toBeLessThanOrEqual(5)
})

test('a roll back sent while nothing answers is through as soon as the API server is back', async () => {
  const weight = { metadata: { annotations: { [`${NGINX}canary-weight`]: '30' } } }
  await on.kubectl('PATCH', `${INGRESSES}/app-canary`, weight)
  await vi.waitFor(() => expect(canary().weight).toBe(30))
  await real.kill('kube-apiserver')
  const patch = rollbackPatch(canary())
  if (!patch.ok) throw new Error(patch.problem.title)
  const starting = real.start('kube-apiserver')
  const rollingBack = on.cluster.patch(CANARY, { patch: patch.value })
  await starting
  expect(await rollingBack).toMatchObject({ ok: true, value: { weight: 0, state: 'parked' } })
  await isLive(on.cluster, 20_000)
  await endsTrue(on)
})

test('frozen, with every connection open: stale within four seconds, and live in seconds once it moves again', async () => {
  const pid = pidIn(join(real.folder, 'kube-apiserver.pid'))
  const frozenMs = performance.now()
  process.kill(pid, 'SIGSTOP')
  try {
    await isStale(on.cluster, 4_000)
    console.log(`API server frozen: stale after ${Math.round(performance.now() - frozenMs)} ms`)
    await vi.waitFor(() => expect(performance.now() - frozenMs).toBeGreaterThan(6_000), { timeout: 7_000 })
  } finally {
    process.kill(pid, 'SIGCONT')
  }
  const thawedMs = performance.now()
  await isLive(on.cluster, 15_000)
  console.log(`API server frozen: live ${Math.round(performance.now() - thawedMs)} ms after it moved again`)
  await endsTrue(on)
})

test('a quiet cluster stays live for longer than the silence that is allowed, and is not listed anew', async () => {
  const states: string[] = []
  const quiet = await stageOn(real, { times: { idleMs: 8_000 }, onState: ({ state }) => states.push(state) })
  const [first, startedMs] = [states.length, performance.now()]
  await vi.waitFor(() => expect(performance.now() - startedMs).toBeGreaterThan(15_000), { timeout: 16_000 })
  expect(new Set(states.slice(first))).not.toContain('stale')
  await endsTrue(quiet)
  await quiet.stop()
})
