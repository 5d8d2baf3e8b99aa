// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Contact, openStream } from '@/components/live/stream'
import { FakeEventSource, useFakeEventSource } from '@/tests/components/live/fake-event-source'

const frame = (key: string, value: unknown = { n: 1 }) => ({ key, value })

function open(topics = ['board']) {
  const heard = {
    frames: [] as string[],
    snapshots: [] as { topic: string; keys: readonly string[]; frames: number }[],
    contact: [] as Contact['state'][],
    beats: [] as number[],
  }
  const close = openStream(topics, {
    frame: each => heard.frames.push(each.key),
    snapshot: (topic, frames, keys) => heard.snapshots.push({ topic, keys, frames: frames.length }),
    contact: ({ state }) => heard.contact.push(state),
    beat: nowMs => heard.beats.push(nowMs),
  })
  return { heard, close }
}

const hide = (hidden: boolean) => {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden })
  document.dispatchEvent(new Event('visibilitychange'))
}

let stop = () => {}
beforeEach(() => {
  vi.useFakeTimers()
  useFakeEventSource()
})
afterEach(() => {
  stop()
  hide(false)
  vi.useRealTimers()
})

test('one stream carries all topics of a page', () => {
  stop = open(['release/c/ns/n', 'samples/c/ns/n']).close
  expect(FakeEventSource.opened).toHaveLength(1)
  expect(new URL(FakeEventSource.latest.url, 'http://x').searchParams.getAll('topic')).toEqual([
    'release/c/ns/n',
    'samples/c/ns/n',
  ])
})

test('the first picture comes whole; afterwards each frame at once', () => {
  const { heard, close } = open()
  stop = close
  FakeEventSource.latest.frame(frame('board/c/ns/a'))
  FakeEventSource.latest.frame(frame('cluster/c'))
  expect([heard.frames, heard.snapshots]).toEqual([['cluster/c'], []])
  FakeEventSource.latest.event('ready', { topic: 'board', keys: ['board/c/ns/a'] })
  expect(heard.snapshots).toEqual([{ topic: 'board', keys: ['board/c/ns/a'], frames: 1 }])
  FakeEventSource.latest.frame(frame('board/c/ns/b'))
  expect(heard.frames).toEqual(['cluster/c', 'board/c/ns/b'])
})

test('a name that begins like a topic does not belong to it', () => {
  const { heard, close } = open(['release/c/ns/a'])
  stop = close
  FakeEventSource.latest.frame(frame('release/c/ns/ab'))
  expect(heard.frames).toEqual(['release/c/ns/ab'])
})

test('a short break opens anew and says nothing', () => {
  const { heard, close } = open()
  stop = close
  FakeEventSource.latest.snapshot([])
  FakeEventSource.latest.fail()
  vi.advanceTimersByTime(600)
  expect(FakeEventSource.opened).toHaveLength(2)
  FakeEventSource.latest.snapshot([])
  vi.advanceTimersByTime(5000)
  expect(heard.contact).toEqual(['opening', 'open'])
})

test('a break of 2 s is told, and ends with the next whole picture', () => {
  const { heard, close } = open()
  stop = close
  FakeEventSource.latest.snapshot([])
  for (let second = 0; second < 4; second++) {
    FakeEventSource.latest.fail()
    vi.advanceTimersByTime(1000)
  }
  expect(heard.contact).toEqual(['opening', 'open', 'lost'])
  vi.advanceTimersByTime(10_000)
  FakeEventSource.latest.snapshot([])
  expect(heard.contact.at(-1)).toBe('open')
})

test('silence of 12 s counts as lost although the connection looks open; beats keep it alive', () => {
  const { heard, close } = open()
  stop = close
  FakeEventSource.latest.snapshot([])
  for (let beat = 0; beat < 6; beat++) {
    vi.advanceTimersByTime(5000)
    FakeEventSource.latest.event('beat', { nowMs: beat })
  }
  expect([heard.beats.length, FakeEventSource.opened.length]).toEqual([6, 1])
  vi.advanceTimersByTime(14_000)
  expect(heard.contact.at(-1)).toBe('lost')
  expect(FakeEventSource.opened.length).toBeGreaterThan(1)
})

test('tries slow down to one in 2.5 to 7.5 s, and never stop', () => {
  stop = open().close
  for (let second = 0; second < 120; second++) {
    if (!FakeEventSource.latest.closed) FakeEventSource.latest.fail()
    vi.advanceTimersByTime(1000)
  }
  expect(FakeEventSource.opened.length).toBeGreaterThan(15)
  expect(FakeEventSource.opened.length).toBeLessThan(60)
})

test('a tab hidden for 60 s lets go and comes back when shown', () => {
  stop = open().close
  FakeEventSource.latest.snapshot([])
  hide(true)
  for (let beat = 0; beat < 11; beat++) {
    vi.advanceTimersByTime(5000)
    FakeEventSource.latest.event('beat', { nowMs: beat })
  }
  expect(FakeEventSource.latest.closed).toBe(false)
  vi.advanceTimersByTime(6000)
  expect(FakeEventSource.latest.closed).toBe(true)
  hide(false)
  expect([FakeEventSource.opened.length, FakeEventSource.latest.closed]).toEqual([2, false])
})

test('leaving the page closes the stream for good', () => {
  open().close()
  expect(FakeEventSource.latest.closed).toBe(true)
  vi.advanceTimersByTime(60_000)
  expect(FakeEventSource.opened).toHaveLength(1)
})
