import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Liveness } from '@/lib/server/kubernetes/liveness'

let liveness: Liveness
let changes: number

beforeEach(async () => {
  changes = 0
  liveness = new Liveness({
    probe: async () => true,
    probeMs: 60_000,
    vital: ['ingresses'],
    changed: () => {
      changes += 1
    },
  })
  for (const reader of ['ingresses', 'pods']) liveness.add(reader)
  liveness.start()
  await liveness.pass()
})
afterEach(() => liveness.stop())

const read = (reader: string) => {
  liveness.synced(reader)
  liveness.up(reader, true)
}
const withdraw = (reader: string) => {
  liveness.down(reader)
  liveness.unreadable(reader, 'forbidden')
}
const state = () => liveness.state().state

test('pods may no longer be read: they are named, and the rest is live', () => {
  read('ingresses')
  read('pods')
  withdraw('pods')
  expect(liveness.state()).toMatchObject({
    state: 'live',
    unreadable: [{ kind: 'pods', why: 'forbidden' }],
  })
})

test('Ingresses, of which every claim is made, may no longer be read: what is shown is stale, until they may', () => {
  read('ingresses')
  read('pods')
  withdraw('ingresses')
  expect(state()).toBe('stale')
  read('ingresses')
  expect(state()).toBe('live')
})

test('Ingresses of one namespace may no longer be read: stale as well', () => {
  liveness.add('shop/ingresses')
  for (const reader of ['ingresses', 'pods', 'shop/ingresses']) read(reader)
  withdraw('shop/ingresses')
  expect(state()).toBe('stale')
})

test('what could never be read takes nothing away from the rest', () => {
  liveness.add('shop/ingresses')
  for (const reader of ['ingresses', 'pods']) read(reader)
  liveness.unreadable('shop/ingresses', 'forbidden')
  expect(state()).toBe('live')
})

test('nothing may be read any more: the last picture is stale; without one the cluster is unreachable', () => {
  for (const reader of ['ingresses', 'pods']) liveness.unreadable(reader, 'unauthorized')
  expect(state()).toBe('unreachable')
  for (const reader of ['ingresses', 'pods']) read(reader)
  for (const reader of ['ingresses', 'pods']) withdraw(reader)
  expect(state()).toBe('stale')
})

test('that a kind may be read again is told, though everything else stayed live', () => {
  read('ingresses')
  read('pods')
  withdraw('pods')
  const before = changes
  read('pods')
  expect(changes).toBe(before + 1)
  expect(liveness.state().unreadable).toEqual([])
})

test('a watch away for longer than the grace is stale', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] })
  for (const reader of ['ingresses', 'pods']) read(reader)
  liveness.down('pods')
  expect(state()).toBe('live')
  vi.advanceTimersByTime(2_100)
  expect(state()).toBe('stale')
  vi.useRealTimers()
})
