import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { beginRelease, endWhole, pictureOf, revive, weigh } from '@/tests/cluster/faults/begin'
import { collection, freshName } from '@/tests/cluster/faults/world'
import { theCluster } from '@/tests/cluster/harness/cluster'
import { connectionTo, endsTrue, isLive, isStale, type Stage, stageOn } from '@/tests/server/cluster/stage'

const NAMESPACE = freshName('etcd')
const CANARY = { cluster: 'demo', namespace: NAMESPACE, name: 'app-canary' }

const real = theCluster()
let on: Stage
const told: string[] = []

beforeAll(async () => {
  on = await stageOn(real, { onState: ({ state }) => told.push(state) })
  await beginRelease(on, NAMESPACE)
})

afterAll(async () => {
  await endWhole(on, NAMESPACE)
  await on.stop()
})

afterEach(() => revive(real))

/** Lets etcd forget all versions before now. */
async function compact(): Promise<void> {
  const ask = async (path: string, body: object) => {
    const answer = await fetch(`http://127.0.0.1:2379/v3/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(await answer.text())
    return answer.json()
  }
  const { header } = (await ask('kv/range', { key: btoa('nothing') })) as { header: { revision: string } }
  await ask('kv/compaction', { revision: header.revision, physical: true })
}

test('killed: stale though the API server still runs, a write says that nothing answers, then all as before', async () => {
  const picture = pictureOf(on, CANARY)
  const killedMs = performance.now()
  const sinceMs = () => Math.round(performance.now() - killedMs)
  await real.kill('etcd')
  await isStale(on.cluster, 4_000)
  const staleMs = sinceMs()
  expect(real.isAlive('kube-apiserver')).toBe(true)
  expect(pictureOf(on, CANARY)).toEqual(picture)
  expect(await weigh(on, CANARY, 7)).toMatchObject({ ok: false, problem: { code: 'cluster-unreachable' } })
  await real.start('etcd')
  const backMs = sinceMs()
  await isLive(on.cluster, 60_000)
  const liveMs = sinceMs()
  await endsTrue(on)
  expect(await weigh(on, CANARY, 8)).toMatchObject({ ok: true, value: { weight: 8 } })
  await endsTrue(on)
  console.log(
    `etcd killed: stale after ${staleMs} ms, back after ${backMs} ms, live ${liveMs - backMs} ms later`,
  )
})

test('compacted under open watches: they go on, and nothing is lost', async () => {
  const before = told.length
  await compact()
  expect(await weigh(on, CANARY, 9)).toMatchObject({ ok: true, value: { weight: 9 } })
  await compact()
  await on.kubectl('PATCH', `${collection.Deployment(NAMESPACE)}/app-v2`, { spec: { replicas: 2 } })
  await vi.waitFor(() =>
    expect(on.cluster.get(CANARY)).toMatchObject({ value: { canary: { deployments: [{ replicas: 2 }] } } }),
  )
  expect(told.slice(before)).toEqual([])
  await endsTrue(on)
})

test('compacted between two pages of a list: read again from the start, or on, and equal to a fresh LIST', async () => {
  const slices = Array.from({ length: 130 }, (_, index) => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `slice-${index}` },
    addressType: 'IPv4',
    endpoints: [],
  }))
  const path = `/apis/discovery.k8s.io/v1/namespaces/${NAMESPACE}/endpointslices`
  await Promise.all(slices.map(each => on.kubectl('POST', path, each)))
  let pages = 0
  const own = connectionTo(real, real.tokens.halftone)
  const paging: Connection = {
    ...own,
    async stream(asked, options) {
      if (asked.includes('continue=') && pages++ === 0) {
        await on.kubectl('DELETE', `${path}/slice-7`)
        await compact()
      }
      return own.stream(asked, options)
    },
  }
  const other = await stageOn(real, { connection: paging })
  expect(pages).toBeGreaterThan(0)
  await endsTrue(other)
  console.log(`compacted while paging: ${pages} further pages asked for`)
  await other.stop()
})
