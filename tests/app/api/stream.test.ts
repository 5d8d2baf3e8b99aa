import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { PUT as weight } from '@/app/api/clusters/[cluster]/releases/[namespace]/[name]/weight/route'
import { GET as stream } from '@/app/api/stream/route'
import { call, type Stage, startServer } from '../with-server'

let stage: Stage
beforeAll(async () => {
  // One liveness probe a minute: every other request would be a tab's.
  stage = await startServer({ HALFTONE_PROBE_MS: '60000' })
})
afterAll(() => stage.stop())

const ID = { cluster: 'demo', namespace: 'payments', name: 'payments-canary' }
const KEY = 'demo/payments/payments-canary'

/** Opens a stream and gathers what it says: data by key, latest last, and the topics that are ready. */
async function listen(...topics: string[]) {
  const query = topics.map(topic => `topic=${topic}`).join('&')
  const answer = await call(stream, { path: `/api/stream?${query}` })
  const reader = answer.body?.getReader()
  const frames: {
    key: string
    value: { weight?: number; resourceVersion?: string; canary?: { pods?: unknown } } | null
  }[] = []
  const ready: string[] = []
  const read = async () => {
    let rest = ''
    for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
      const events = (rest + new TextDecoder().decode(piece.value)).split('\n\n')
      rest = events.pop() ?? ''
      for (const event of events) {
        const [, data] = /^data: (.*)$/m.exec(event) ?? []
        if (event.startsWith('event: ready') && data) ready.push(JSON.parse(data).topic)
        else if (event.startsWith('data:') && data) frames.push(JSON.parse(data))
      }
    }
  }
  const done = read().catch(() => undefined)
  return { answer, frames, ready, close: () => reader?.cancel().then(() => done) }
}

const requests = async () => {
  const answer = await fetch(`${stage.sandbox.adminUrl}/requests`)
  const { halftone } = await answer.json()
  return Number(halftone)
}

test('the snapshot is there at once: the cluster, the board without pods, the release with them', async () => {
  const { frames, ready, close } = await listen('board', `release/${KEY}`)
  await vi.waitFor(() => expect(ready).toEqual(['board', `release/${KEY}`]))
  const shown = (key: string) => frames.find(frame => frame.key === key)?.value
  expect(shown('cluster/demo')).toMatchObject({ state: 'live' })
  expect(shown(`board/${KEY}`)?.canary?.pods).toBeUndefined()
  // The sandbox's pod may still be starting: its frame then follows.
  const latest = () => frames.findLast(frame => frame.key === `release/${KEY}`)?.value
  await vi.waitFor(() => expect(latest()?.canary?.pods).toHaveLength(1))
  await close()
})

test('a write arrives as a whole value through the cluster’s own watch', async () => {
  const { frames, ready, close } = await listen(`release/${KEY}`)
  await vi.waitFor(() => expect(ready).toHaveLength(1))
  // The state of the cluster comes along at any time: only the release's own frames are looked at.
  const latest = () => frames.findLast(frame => frame.key === `release/${KEY}`)?.value
  const body = { weight: 33, resourceVersion: latest()?.resourceVersion }
  expect((await call(weight, { params: ID, method: 'PUT', body })).status).toBe(200)
  await vi.waitFor(() => expect(latest()).toMatchObject({ weight: 33 }))
  await close()
})

test('twenty further tabs cause no request to the API server', async () => {
  const before = await requests()
  const tabs = await Promise.all(
    Array.from({ length: 20 }, () => listen('board', 'routes', `release/${KEY}`)),
  )
  await vi.waitFor(() => expect(tabs.every(tab => tab.ready.length === 3)).toBe(true))
  await Promise.all(tabs.map(tab => tab.close()))
  expect(await requests()).toBe(before)
})

test('a stream of nothing we know is refused before it begins', async () => {
  const { answer } = await listen('release/other/shop/cart')
  expect(answer.status).toBe(422)
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
})
