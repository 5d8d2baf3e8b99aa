import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Service } from '@/lib/domain/model/workload'
import { parseService } from '@/lib/domain/workload'
import { type Connection, openConnection } from '@/lib/server/kubernetes/connection'
import type { Kind } from '@/lib/server/kubernetes/kind'
import { keepListed } from '@/lib/server/kubernetes/list-watch'
import { Liveness } from '@/lib/server/kubernetes/liveness'
import { Store, type StoreChange } from '@/lib/server/kubernetes/store'
import { FarSide } from '@/tests/server/kubernetes/far-side'

const services: Kind<Service> = { name: 'services', group: 'api/v1', namespaced: true, parse: parseService }

let far: FarSide
let connection: Connection
let store: Store<Service>
let liveness: Liveness
let changes: string[]
let bugs: unknown[]
let stop: AbortController
let running: Promise<void>
let onChange: (change: StoreChange<Service>) => void
/** What was on show each time the cluster's state was told. */
let pictures: { state: string; unreadable: string[]; names: string[] }[]

beforeEach(async () => {
  far = await new FarSide().start()
  const opened = openConnection({ config: far.config, context: 'far' })
  if (!opened.ok) throw new Error(opened.problem.title)
  connection = opened.value
  changes = []
  bugs = []
  pictures = []
  onChange = () => undefined
  stop = new AbortController()
  store = new Store(change => {
    const { before, after } = change
    changes.push(`${after ? (before ? '~' : '+') : '-'}${(after ?? before)?.name}`)
    onChange(change)
  })
})

function start({ idleMs = 5_000, forbiddenMs = 50 } = {}) {
  liveness = new Liveness({
    probe: async () => {
      const answer = await connection.request('GET', '/readyz', { timeoutMs: 500 })
      return answer.ok || (answer.status > 0 && answer.status < 500)
    },
    probeMs: 100,
    graceMs: 300,
    spacingMs: 5,
    changed: () => {
      const { state, unreadable } = liveness.state()
      pictures.push({ state, unreadable: unreadable.map(each => each.why), names: names() })
    },
  })
  running = keepListed({
    kind: services,
    namespace: null,
    connection,
    store,
    liveness,
    share: text => text,
    idleMs,
    forbiddenMs,
    signal: stop.signal,
    report: bug => bugs.push(bug),
  })
  liveness.start()
}

afterEach(async () => {
  stop.abort()
  liveness.stop()
  await running
  await connection.close()
  await far.stop()
})

const names = () =>
  store
    .all()
    .map(each => each.name)
    .sort()
const isLive = () => expect(liveness.state().state).toBe('live')
const watching = () => vi.waitFor(() => expect(far.watches).toBe(1), { timeout: 3_000, interval: 5 })
const lists = () => far.asked.filter(each => each.path === '/api/v1/services' && !each.query.has('watch'))
const watches = () => far.asked.filter(each => each.query.has('watch'))
const same = () =>
  vi.waitFor(() => expect(names()).toEqual([...far.objects.keys()].sort()), { timeout: 5_000 })

test('a long list is read in pages and ends equal to what the cluster has', async () => {
  for (let i = 0; i < 250; i += 1) far.keep(`s${i}`)
  start()
  await watching()
  expect(names()).toHaveLength(250)
  expect(lists().length).toBeGreaterThan(1)
  expect(lists().every(each => Number(each.query.get('limit')) <= 500)).toBe(true)
  await vi.waitFor(isLive)
})

test('changes arrive from the watch, which goes on from the version of the list and asks for bookmarks', async () => {
  far.keep('a')
  start()
  await watching()
  expect(watches()[0]?.query.get('resourceVersion')).toBe('101')
  expect(watches()[0]?.query.get('allowWatchBookmarks')).toBe('true')
  far.put('b')
  far.put('a')
  far.remove('b')
  await vi.waitFor(() => expect(changes).toEqual(['+a', '+b', '~a', '-b']))
})

test('a watch ends before its silence would count: where nothing happens a real server tells nothing at all', async () => {
  start({ idleMs: 90_000 })
  await watching()
  const seconds = Number(watches()[0]?.query.get('timeoutSeconds'))
  expect(seconds).toBeGreaterThanOrEqual(54)
  expect(seconds).toBeLessThanOrEqual(72)
})

test('a watch the server ends is taken up again where it ended, without a new list', async () => {
  start()
  await watching()
  far.put('a')
  far.keep('unseen')
  far.bookmark()
  await vi.waitFor(() => expect(names()).toEqual(['a']))
  far.cut()
  await vi.waitFor(() => expect(watches()).toHaveLength(2), { timeout: 3_000 })
  expect(watches()[1]?.query.get('resourceVersion')).toBe('102')
  expect(lists()).toHaveLength(1)
  await vi.waitFor(isLive)
})

test.each(['as an answer', 'as an event'])(
  'when the cluster has forgotten the version (410 %s), a new list finds what was missed, deletions too',
  async how => {
    far.keep('stays')
    far.keep('goes')
    start()
    await watching()
    far.objects.delete('goes')
    far.keep('comes')
    const status = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' }
    if (how === 'as an event') far.send('ERROR', status)
    else {
      let isFirst = true
      far.override = ({ query }) => {
        if (!query.has('watch') || !isFirst) return 'default'
        isFirst = false
        return { status: 410, body: status }
      }
      far.cut()
    }
    await same()
    expect(changes.slice(2).sort()).toEqual(['+comes', '-goes'])
    await vi.waitFor(isLive, { timeout: 3_000 })
  },
)

test('a list that expires between two pages is read again from the start', async () => {
  for (let i = 0; i < 150; i += 1) far.keep(`s${i}`)
  let hasExpired = false
  far.override = ({ query }) => {
    if (!query.has('continue') || hasExpired) return 'default'
    hasExpired = true
    return { status: 410, body: { kind: 'Status', code: 410 } }
  }
  start()
  await same()
  expect(changes).toHaveLength(150)
})

test('events sent twice, late or out of order leave the same state', async () => {
  start()
  await watching()
  const first = far.put('a')
  const second = far.put('a')
  far.send('MODIFIED', first)
  far.send('MODIFIED', second)
  far.remove('a')
  far.send('MODIFIED', second)
  far.put('end')
  await vi.waitFor(() => expect(names()).toEqual(['end']))
  expect(changes).toEqual(['+a', '~a', '-a', '+end'])
})

test('a list older than what was seen does not take the screen back', async () => {
  start()
  await watching()
  far.put('a')
  far.put('b')
  await vi.waitFor(() => expect(names()).toEqual(['a', 'b']))
  let lies = 1
  far.override = ({ query, path }) => {
    if (path === '/readyz' || query.has('watch') || lies-- <= 0) return 'default'
    return { status: 200, body: { metadata: { resourceVersion: '50' }, items: [] } }
  }
  far.send('ERROR', { code: 410 })
  await vi.waitFor(() => expect(lists().length).toBeGreaterThanOrEqual(3), { timeout: 5_000 })
  await vi.waitFor(isLive, { timeout: 3_000 })
  expect(changes).toEqual(['+a', '+b'])
})

test('a cluster restored from a backup, whose versions start again, is believed at the second list', async () => {
  far.version = 9_000
  far.keep('old')
  start()
  await watching()
  far.objects.clear()
  far.version = 10
  far.keep('restored')
  far.send('ERROR', { code: 410 })
  await vi.waitFor(() => expect(names()).toEqual(['restored']), { timeout: 5_000 })
})

test.each([
  ['a line cut in the middle', '{"type":"ADDED","obj'],
  ['an event that is no JSON', 'nonsense\n'],
])('%s restarts the watch and loses nothing', async (_case, text) => {
  far.keep('a')
  start()
  await watching()
  far.sendRaw(text)
  far.cut()
  await vi.waitFor(() => expect(watches().length).toBeGreaterThanOrEqual(2), { timeout: 3_000 })
  await watching()
  far.put('b')
  await same()
})

test('a bug of ours in taking one object does not end the loop or hide the others', async () => {
  onChange = ({ after }) => {
    if (after?.name === 'poison') throw new Error('bug')
  }
  far.keep('poison')
  far.keep('a')
  start()
  await watching()
  far.put('b')
  await vi.waitFor(() => expect(names()).toEqual(['a', 'b', 'poison']))
  expect(bugs).toHaveLength(1)
})

test('a watch gone silent counts as stale until it is heard again, and is replaced by a list', async () => {
  start({ idleMs: 200 })
  await watching()
  far.keep('missed')
  await vi.waitFor(() => expect(liveness.state().state).toBe('stale'), { timeout: 2_000, interval: 5 })
  await same()
  await vi.waitFor(() => {
    far.bookmark()
    isLive()
  })
})

test('what may not be read is named, asked for again slowly, and read once allowed', async () => {
  let isDenied = true
  far.keep('a')
  far.override = ({ path }) =>
    isDenied && path !== '/readyz' ? { status: 403, body: { kind: 'Status', message: 'no' } } : 'default'
  start()
  await vi.waitFor(() =>
    expect(liveness.state().unreadable).toEqual([{ kind: 'services', why: 'forbidden' }]),
  )
  isDenied = false
  await same()
  await vi.waitFor(() => expect(liveness.state().unreadable).toEqual([]))
  await vi.waitFor(isLive)
})

test('Retry-After is honoured: nothing is asked of the kind before', async () => {
  let asked = 0
  const times: number[] = []
  far.override = ({ path }) => {
    if (path === '/readyz') return 'default'
    asked += 1
    times.push(performance.now())
    return asked === 1 ? { status: 429, headers: { 'retry-after': '1' } } : 'default'
  }
  start()
  await watching()
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990)
})

test('while the cluster does not answer only /readyz is asked, ever less often, and then all is as in a fresh list', async () => {
  far.keep('a')
  start()
  await watching()
  await vi.waitFor(isLive)
  far.override = () => ({ status: 503 })
  far.cut({ hard: true })
  const before = far.asked.length
  await vi.waitFor(() => expect(liveness.state().state).toBe('stale'), { timeout: 4_000 })
  await vi.waitFor(() => expect(far.asked.length - before).toBeGreaterThanOrEqual(4), { timeout: 8_000 })
  const asked = far.asked.slice(before).map(each => each.path)
  expect(asked.filter(path => path !== '/readyz').length).toBeLessThanOrEqual(1)
  expect(liveness.state().nextTryAt).not.toBeNull()
  far.objects.delete('a')
  far.keep('b')
  far.version += 1
  far.override = ({ query }) =>
    query.get('resourceVersion') === '101' ? { status: 410, body: { code: 410 } } : 'default'
  await same()
  await vi.waitFor(isLive, { timeout: 8_000 })
})

test('contact lost without a word (half-open) is noticed by /readyz, and every watch is opened anew', async () => {
  start()
  await watching()
  await vi.waitFor(isLive)
  far.override = () => 'hang'
  await vi.waitFor(() => expect(liveness.state().state).toBe('stale'), { timeout: 2_000 })
  far.override = () => 'default'
  await vi.waitFor(isLive, { timeout: 8_000 })
  expect(watches().length).toBeGreaterThanOrEqual(2)
})

test('a server that has forgotten what happened while it was down: never live before the new list is in', async () => {
  far.keep('gone')
  start()
  await watching()
  await vi.waitFor(isLive)
  far.override = () => ({ status: 503 })
  far.cut({ hard: true })
  await vi.waitFor(() => expect(liveness.state().state).toBe('stale'), { timeout: 4_000 })
  const before = pictures.length
  far.objects.delete('gone')
  far.version += 1
  // As a real API server says it: the watch begins well, and its first event takes it back.
  far.override = ({ query }) =>
    query.get('resourceVersion') === '101'
      ? { status: 200, body: { type: 'ERROR', object: { code: 410 } } }
      : 'default'
  await same()
  await vi.waitFor(isLive, { timeout: 8_000 })
  expect(pictures.slice(before).filter(each => each.state === 'live')).toEqual([
    expect.objectContaining({ names: [] }),
  ])
})

test('a server that refuses everybody for a moment after its start is not said to forbid anything', async () => {
  far.keep('a')
  start({ forbiddenMs: 30_000 })
  await watching()
  await vi.waitFor(isLive)
  let refusals = 1
  far.override = ({ path }) => {
    if (path === '/readyz' || refusals-- <= 0) return 'default'
    return { status: 403, body: { kind: 'Status', message: 'no' } }
  }
  far.keep('b')
  far.cut()
  await same()
  await vi.waitFor(isLive)
  expect(pictures.filter(each => each.unreadable.length > 0)).toEqual([])
})

test('what may be listed but not watched is named as such, and asked for more and more slowly', async () => {
  far.override = ({ query }) => (query.has('watch') ? { status: 403, body: { kind: 'Status' } } : 'default')
  far.keep('a')
  start({ forbiddenMs: 30_000 })
  await vi.waitFor(
    () => expect(liveness.state().unreadable).toEqual([{ kind: 'services', why: 'forbidden' }]),
    { timeout: 4_000 },
  )
  expect(watches()).toHaveLength(2)
})

test('a quiet kind after silence: its next watch is short, and its end proves it as well as a bookmark', async () => {
  start({ idleMs: 500 })
  await watching()
  await vi.waitFor(() => expect(liveness.state().state).toBe('stale'), { timeout: 2_000, interval: 5 })
  await vi.waitFor(() => expect(watches()).toHaveLength(2), { interval: 5 })
  const seconds = Number(watches().at(-1)?.query.get('timeoutSeconds'))
  expect(seconds).toBeLessThanOrEqual(5)
  expect(liveness.state().state).toBe('stale')
  far.cut()
  await vi.waitFor(isLive)
})
