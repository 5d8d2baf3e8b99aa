import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Service } from '@/lib/domain/model/workload'
import { parseService } from '@/lib/domain/workload'
import { type Connection, openConnection } from '@/lib/server/kubernetes/connection'
import type { Kind } from '@/lib/server/kubernetes/kind'
import { keepListed } from '@/lib/server/kubernetes/list-watch'
import { Liveness } from '@/lib/server/kubernetes/liveness'
import { Store } from '@/lib/server/kubernetes/store'
import { FarSide } from '@/tests/server/kubernetes/far-side'

const services: Kind<Service> = { name: 'services', group: 'api/v1', namespaced: true, parse: parseService }
const READERS = ['a', 'b', 'c', 'd', 'e', 'f']

let far: FarSide
let connection: Connection
let liveness: Liveness
let stop: AbortController
let running: Promise<unknown>

beforeEach(async () => {
  far = await new FarSide().start()
  const opened = openConnection({ config: far.config, context: 'far' })
  if (!opened.ok) throw new Error(opened.problem.title)
  connection = opened.value
  stop = new AbortController()
  const ask = () => connection.request('GET', '/readyz', { timeoutMs: 1_500 })
  liveness = new Liveness({
    probe: async () => (await ask()).ok,
    probeMs: 2_000,
    changed: () => undefined,
  })
  running = Promise.all(
    READERS.map(namespace =>
      keepListed({
        kind: services,
        namespace,
        connection,
        store: new Store<Service>(),
        liveness,
        share: text => text,
        idleMs: 90_000,
        signal: stop.signal,
        report: bug => {
          throw bug
        },
      }),
    ),
  )
  liveness.start()
  await vi.waitFor(() => expect(liveness.state().state).toBe('live'))
})

afterEach(async () => {
  stop.abort()
  liveness.stop()
  await running
  await connection.close()
  await far.stop()
})

/** The most requests that began within any one second. */
function busiest(times: readonly number[]): number {
  return Math.max(0, ...times.map(start => times.filter(at => at >= start && at < start + 1_000).length))
}

test.each(['answers 503', 'hangs'])(
  'a server that %s for some seconds is asked at most 5 times in any second, until all is back',
  async how => {
    far.override = () => (how === 'hangs' ? 'hang' : { status: 503 })
    far.cut({ hard: true })
    const before = far.asked.length
    await vi.waitFor(() => expect(liveness.state().state).toBe('stale'), { timeout: 4_000 })
    await vi.waitFor(() => expect(far.asked.length - before).toBeGreaterThanOrEqual(4), { timeout: 12_000 })
    far.override = () => 'default'
    await vi.waitFor(() => expect(liveness.state().state).toBe('live'), { timeout: 12_000 })
    expect(busiest(far.asked.slice(before).map(each => each.atMs))).toBeLessThanOrEqual(5)
    expect(far.watches).toBe(READERS.length)
  },
)

test('a server that has forgotten all versions while it was down is asked at most 5 times in any second as well', async () => {
  far.override = () => ({ status: 503 })
  far.cut({ hard: true })
  const before = far.asked.length
  const forgotten = String(far.version)
  await vi.waitFor(() => expect(liveness.state().state).toBe('stale'), { timeout: 4_000 })
  far.version += 1
  far.override = ({ query }) =>
    query.get('resourceVersion') === forgotten
      ? { status: 200, body: { type: 'ERROR', object: { code: 410 } } }
      : 'default'
  await vi.waitFor(() => expect(liveness.state().state).toBe('live'), { timeout: 15_000 })
  expect(busiest(far.asked.slice(before).map(each => each.atMs))).toBeLessThanOrEqual(5)
  expect(far.watches).toBe(READERS.length)
})

test('after more than ten seconds everything is listed anew, whatever a watch would tell', async () => {
  far.override = () => ({ status: 503 })
  far.cut({ hard: true })
  const cutMs = performance.now()
  await vi.waitFor(() => expect(performance.now() - cutMs).toBeGreaterThan(11_000), { timeout: 12_000 })
  const before = far.asked.length
  far.override = () => 'default'
  await vi.waitFor(() => expect(liveness.state().state).toBe('live'), { timeout: 12_000 })
  const asked = far.asked.slice(before).filter(each => each.path !== '/readyz')
  expect(asked.filter(each => !each.query.has('watch'))).toHaveLength(READERS.length)
  expect(asked).toHaveLength(2 * READERS.length)
}, 30_000)

test('all watches cut at once are back within the two seconds of grace, never stale', async () => {
  let worst = 'live'
  const before = far.asked.length
  far.cut({ hard: true })
  await vi.waitFor(
    () => {
      if (liveness.state().state !== 'live') worst = liveness.state().state
      expect(far.watches).toBe(READERS.length)
    },
    { timeout: 4_000, interval: 10 },
  )
  expect(worst).toBe('live')
  expect(busiest(far.asked.slice(before).map(each => each.atMs))).toBeLessThanOrEqual(6)
})
