import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { weightPatch } from '@/lib/domain/weight'
import { create, releaseIn } from '@/tests/cluster/faults/world'
import { theCluster } from '@/tests/cluster/harness/cluster'
import { endsTrue, isLive, isStale, type Stage, stageOn } from '@/tests/server/cluster/stage'

const NAMESPACE = 'etcd'
const CANARY = { cluster: 'demo', namespace: NAMESPACE, name: 'app-canary' }

const real = theCluster()
let on: Stage

beforeAll(async () => {
  on = await stageOn(real)
  await create(on, releaseIn(NAMESPACE))
  await vi.waitFor(() => expect(on.cluster.get(CANARY).ok).toBe(true), { timeout: 10_000 })
})

afterAll(async () => {
  await on.kubectl('DELETE', `/api/v1/namespaces/${NAMESPACE}`)
  await on.stop()
})

const weigh = (weight: number) => {
  const held = on.cluster.get(CANARY)
  if (!held.ok) throw new Error(held.problem.title)
  const patch = weightPatch(held.value, { weight })
  if (!patch.ok) throw new Error(patch.problem.title)
  return on.cluster.patch(CANARY, { patch: patch.value, resourceVersion: held.value.resourceVersion })
}

test('killed for ten seconds: stale though the API server still runs, a write says that nothing answers, then all as before', async () => {
  const picture = on.cluster.releases()
  const killedMs = performance.now()
  const sinceMs = () => Math.round(performance.now() - killedMs)
  await real.kill('etcd')
  await isStale(on.cluster, 4_000)
  const staleMs = sinceMs()
  expect(real.isAlive('kube-apiserver')).toBe(true)
  expect(on.cluster.releases()).toEqual(picture)
  const refused = await weigh(7)
  console.log(sinceMs(), JSON.stringify(refused))
  expect(refused).toMatchObject({ ok: false, problem: { code: 'cluster-unreachable' } })
  await real.start('etcd')
  const backMs = sinceMs()
  await isLive(on.cluster, 60_000)
  const liveMs = sinceMs()
  await endsTrue(on)
  const w = await weigh(8)
  console.log(JSON.stringify(w).slice(0, 200))
  expect(w.ok).toBe(true)
  await endsTrue(on)
  console.log(
    `etcd killed: stale after ${staleMs} ms, back after ${backMs} ms, live ${liveMs - backMs} ms later`,
  )
})
