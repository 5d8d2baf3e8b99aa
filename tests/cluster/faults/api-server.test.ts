import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ingressOf } from '@/sandbox/world/objects'
import { canaryIn, collection, create, releaseIn } from '@/tests/cluster/faults/world'
import { theCluster } from '@/tests/cluster/harness/cluster'
import { busiest, endsTrue, isLive, isStale, type Stage, stageOn } from '@/tests/server/cluster/stage'

const NAMESPACE = 'apiserver'
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
  await create(on, [...releaseIn(NAMESPACE), canaryIn(NAMESPACE, 'goes')])
  await vi.waitFor(() => expect(names()).toEqual(['app-canary', 'goes']), { timeout: 10_000 })
})

afterAll(async () => {
  await on.kubectl('DELETE', `/api/v1/namespaces/${NAMESPACE}`)
  await on.stop()
})

const namesIn = (releases: readonly { id: { namespace: string; name: string } }[]) =>
  releases.flatMap(({ id }) => (id.namespace === NAMESPACE ? [id.name] : [])).sort()
const names = () => namesIn(on.cluster.releases())

test('killed for ten seconds: the last picture marked stale, then live only with the truth, and equal to a fresh LIST', async () => {
  const picture = on.cluster.releases()
  const [before, killedMs] = [told.length, performance.now()]
  await real.kill('kube-apiserver')
  await isStale(on.cluster, 4_000)
  const staleMs = performance.now() - killedMs
  expect(on.cluster.releases()).toEqual(picture)
  expect(on.cluster.state().nextTryAt).not.toBeNull()
  const refused = await on.cluster.patch(CANARY, {
    patch: { metadata: { annotations: {} } },
    resourceVersion: '1',
  })
  expect(refused).toMatchObject({ ok: false })
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
