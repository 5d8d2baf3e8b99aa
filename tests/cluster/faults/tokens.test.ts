import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openConnection } from '@/lib/server/kubernetes/connection'
import { contextsOf } from '@/lib/server/kubernetes/contexts'
import { beginRelease, endWhole, pictureOf, weigh } from '@/tests/cluster/faults/begin'
import { SERVICE_ACCOUNT, type Token, tokenBoundTo, tokenWays } from '@/tests/cluster/faults/token-way'
import { freshName } from '@/tests/cluster/faults/world'
import { theCluster } from '@/tests/cluster/harness/cluster'
import { connectionTo, endsTrue, isLive, type Stage, stageOn } from '@/tests/server/cluster/stage'

const NAMESPACE = freshName('tokens')
const CANARY = { cluster: 'demo', namespace: NAMESPACE, name: 'app-canary' }
/** Watches of 5 to 6 s: each soon shows its token anew. */
const TIMES = { idleMs: 8_000 }
/** The API server remembers for 10 s that a token was good. */
const REMEMBERED = { timeout: 20_000, interval: 200 }

const real = theCluster()
const folder = join(real.folder, NAMESPACE)
let admin: Stage

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  // Nobody's kubeconfig: what names no file is inside a pod.
  vi.stubEnv('KUBECONFIG', '')
  vi.stubEnv('HOME', folder)
  vi.stubEnv('KUBERNETES_SERVICE_HOST', '127.0.0.1')
  vi.stubEnv('KUBERNETES_SERVICE_PORT', '6443')
  admin = await stageOn(real)
  await beginRelease(admin, NAMESPACE)
})

afterAll(async () => {
  vi.unstubAllEnvs()
  rmSync(SERVICE_ACCOUNT, { recursive: true, force: true })
  await endWhole(admin, NAMESPACE)
  await admin.stop()
})

const isRefused = async (token: Token) => {
  const other = connectionTo(real, token.text)
  await vi.waitFor(
    async () => expect(await other.request('GET', '/version')).toMatchObject({ status: 401 }),
    REMEMBERED,
  )
  await other.close()
}

let readers = 0

async function through(way: string) {
  const name = `${NAMESPACE}-${readers++}`
  const found = tokenWays[way]?.(real, folder, name)
  if (!found) throw new Error(way)
  const first = await tokenBoundTo(admin, `${name}-first`)
  found.put(first.text)
  const config = found.read()
  if (!config.ok) throw new Error(config.problem.title)
  const context = contextsOf(config.value).current
  const opened = openConnection({ config: config.value, context, reread: found.read })
  if (!opened.ok) throw new Error(opened.problem.title)
  const told: { state: string; unreadable: readonly { why: string }[] }[] = []
  const on = await stageOn(real, {
    connection: opened.value,
    times: TIMES,
    onState: state => told.push(state),
  })
  return { ...found, name, first, on, told }
}

test.concurrent.each(Object.keys(tokenWays))(
  'rotated in %s: gone on with the new one, without a gap',
  async way => {
    const { put, name, first, on, told } = await through(way)
    const second = await tokenBoundTo(admin, `${name}-second`)
    put(second.text)
    await first.revoke()
    await isRefused(first)
    const refusedMs = performance.now()
    await vi.waitFor(() => expect(performance.now() - refusedMs).toBeGreaterThan(TIMES.idleMs), {
      timeout: 9_000,
    })
    expect(told.filter(each => each.state !== 'live' || each.unreadable.length > 0).slice(1)).toEqual([])
    await isLive(on.cluster)
    await on.stop()
  },
)

test.concurrent('no longer good: said plainly, the last picture stale, and by itself well again with a good one', async () => {
  const { put, name, first, on } = await through('a kubeconfig that another program rewrites')
  const picture = pictureOf(on, CANARY)
  await first.revoke()
  await isRefused(first)
  expect(await weigh(on, CANARY, 5)).toMatchObject({ ok: false, problem: { code: 'cluster-forbids' } })
  await vi.waitFor(
    () => expect(on.cluster.state().unreadable.map(each => each.why)).toEqual(Array(6).fill('unauthorized')),
    { timeout: 15_000 },
  )
  expect(on.cluster.state().state).toBe('stale')
  expect(pictureOf(on, CANARY)).toEqual(picture)
  put((await tokenBoundTo(admin, `${name}-third`)).text)
  const givenMs = performance.now()
  await vi.waitFor(() => expect(on.cluster.state()).toMatchObject({ state: 'live', unreadable: [] }), {
    timeout: 15_000,
  })
  await endsTrue(on)
  expect(await weigh(on, CANARY, 6)).toMatchObject({ ok: true })
  console.log(`a good token: live again after ${Math.round(performance.now() - givenMs)} ms`)
  await on.stop()
})
