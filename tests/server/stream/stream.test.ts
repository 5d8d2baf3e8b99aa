import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Frame } from '@/lib/contract'
import { Hub } from '@/lib/server/hub'
import { eventStream } from '@/lib/server/stream/stream'
import { referenceRelease, referenceSamples } from '@/tests/fixtures/frames'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const routes = (name: string, hosts = 1): Frame => ({
  key: `routes/${name}`,
  value: Array.from({ length: hosts }, (_, n) => ({
    namespace: 'shop',
    ingress: 'cart',
    host: `h${n}`,
    path: '/',
    pathType: 'Prefix',
    service: 's',
    port: '80',
    release: null,
  })),
})
const gone = (key: `samples/${string}` | `routes/${string}`): Frame => ({ key, value: null })
const wire = (frame: Frame) => `data: ${JSON.stringify(frame)}\n\n`

function open(hub: Hub, topics: string[]) {
  const [away, stopping] = [new AbortController(), new AbortController()]
  const response = eventStream({ hub, topics, signal: away.signal, stopping: stopping.signal })
  if (!response.body) throw new Error('no body')
  const reader = response.body.getReader()
  let text = ''
  const state = { isOver: false, error: '' }
  const read = async () => {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      text += new TextDecoder().decode(piece.value)
    }
    state.isOver = true
  }
  return {
    response,
    reader,
    away,
    stopping,
    state,
    /** Starts reading on and on. */
    listen() {
      read().catch(error => {
        state.error = error.name
      })
    },
    /** What came since the last time, once everything that is due has happened. */
    async heard(afterMs = 0) {
      await vi.advanceTimersByTimeAsync(afterMs)
      const heard = text
      text = ''
      return heard
    },
  }
}

describe('one browser’s stream', () => {
  test('says at once what is known: clusters always, then each topic, closed by ready with its keys', async () => {
    const hub = new Hub()
    hub.publish({ key: 'cluster/a', value: null })
    hub.publish(routes('a/shop/cart'))
    hub.publish(routes('a/shop/pay'))
    const { response, listen, heard } = open(hub, ['routes', 'release/a/shop/cart'])
    listen()
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    expect(await heard()).toBe(
      [
        ': here\n\n',
        wire(routes('a/shop/cart')),
        wire(routes('a/shop/pay')),
        'event: ready\ndata: {"topic":"routes","keys":["routes/a/shop/cart","routes/a/shop/pay"]}\n\n',
        'event: ready\ndata: {"topic":"release/a/shop/cart","keys":[]}\n\n',
      ].join(''),
    )
  })

  test('a change leaves at once; more within 25 ms leave together at the end of them, latest per key', async () => {
    const hub = new Hub()
    const { listen, heard } = open(hub, ['routes'])
    listen()
    await heard()
    hub.publish(routes('a/b/c', 1))
    expect(await heard()).toBe(wire(routes('a/b/c', 1)))
    await heard(5)
    hub.publish(routes('a/b/c', 2))
    hub.publish(routes('a/b/d', 1))
    hub.publish(routes('a/b/c', 3))
    expect(await heard(15)).toBe('')
    expect(await heard(10)).toBe(wire(routes('a/b/c', 3)) + wire(routes('a/b/d', 1)))
    hub.publish(gone('routes/a/b/c'))
    expect(await heard(30)).toBe(wire(gone('routes/a/b/c')))
  })

  test('samples come four times a second at most, and do not hold up anything else', async () => {
    const hub = new Hub()
    const { listen, heard } = open(hub, ['routes', 'samples/a/b/c'])
    listen()
    await heard()
    let came = 0
    for (let ms = 0; ms < 1000; ms += 10) {
      hub.publish(gone('samples/a/b/c'))
      came += (await heard(10)).split('samples').length - 1
    }
    expect(came).toBeGreaterThanOrEqual(3)
    expect(came).toBeLessThanOrEqual(5)
    hub.publish(gone('samples/a/b/c'))
    await heard(30)
    hub.publish(gone('samples/a/b/c'))
    hub.publish(routes('a/b/c'))
    expect(await heard(30)).toBe(wire(routes('a/b/c')))
  })

  test('samples of another configuration do not wait, and come before the release they are of', async () => {
    const hub = new Hub()
    const { listen, heard } = open(hub, ['release/a/b/c', 'samples/a/b/c'])
    listen()
    await heard(300)
    const samplesSince = (since: string): Frame => ({
      key: 'samples/a/b/c',
      value: referenceSamples({ since }),
    })
    const release: Frame = { key: 'release/a/b/c', value: referenceRelease() }
    const [first, second] = [samplesSince('1'), samplesSince('2')]
    hub.publish(first)
    expect(await heard(30)).toBe(wire(first))
    hub.publish(release)
    hub.publish(second)
    expect(await heard(30)).toBe(wire(second) + wire(release))
    hub.publish(samplesSince('2'))
    expect(await heard(30)).toBe('')
  })

  test('other topics are not heard', async () => {
    const hub = new Hub()
    const { listen, heard } = open(hub, ['release/a/b/c'])
    listen()
    await heard()
    hub.publish(routes('a/b/c'))
    hub.publish(gone('samples/a/b/c'))
    expect(await heard(100)).toBe('')
  })

  test('beats every 5 s with the time, and a comment every 15 s', async () => {
    vi.setSystemTime(1_000_000)
    const { listen, heard } = open(new Hub(), ['board'])
    listen()
    await heard()
    expect(await heard(5_000)).toBe('event: beat\ndata: {"nowMs":1005000}\n\n')
    await heard(5_000)
    expect(await heard(5_000)).toBe('event: beat\ndata: {"nowMs":1015000}\n\n: \n\n')
  })

  test('what changes while a large snapshot is being read comes after it, once', async () => {
    const hub = new Hub()
    for (let n = 0; n < 40; n++) hub.publish(routes(`a/b/c${n}`, 100))
    const { listen, heard } = open(hub, ['routes'])
    await heard(100)
    hub.publish(gone('routes/a/b/c39'))
    hub.publish(routes('a/b/c0', 1))
    hub.publish(routes('a/b/c0', 2))
    listen()
    const text = await heard(100)
    expect(text.split('event: ready')[1]?.split('\n\n').slice(1).join('\n\n')).toBe(
      wire(gone('routes/a/b/c39')) + wire(routes('a/b/c0', 2)),
    )
    expect(text.match(/"key":"routes/g)).toHaveLength(42)
  })

  test('a snapshot far above 256 kB reaches a browser that reads', async () => {
    const hub = new Hub()
    for (let n = 0; n < 200; n++) hub.publish(routes(`a/b/c${n}`, 100))
    const { listen, heard, state } = open(hub, ['routes'])
    listen()
    const text = await heard(1_000)
    expect(text.length).toBeGreaterThan(1_000_000)
    expect(text.endsWith(']}\n\n')).toBe(true)
    expect(state).toEqual({ isOver: false, error: '' })
  })

  test('a browser that stops reading is dropped once more than 256 kB are unsent', async () => {
    const left = vi.fn()
    const hub = new Hub(() => left)
    const { reader, heard, state, listen } = open(hub, ['routes'])
    await reader.read()
    for (let n = 0; n < 40; n++) {
      hub.publish(routes(`a/b/c${n}`, 100))
      await heard(25)
    }
    expect(left).toHaveBeenCalledTimes(2)
    listen()
    await heard()
    expect(state.error).toBe('AbortError')
  })

  test('a browser that never takes its snapshot is dropped as well', async () => {
    const left = vi.fn()
    const hub = new Hub(() => left)
    for (let n = 0; n < 200; n++) hub.publish(routes(`a/b/c${n}`, 100))
    const { heard } = open(hub, ['routes'])
    await heard(20_000)
    expect(left).not.toHaveBeenCalled()
    await heard(20_000)
    expect(left).toHaveBeenCalledTimes(2)
  })

  test.each(['signal', 'cancel'])('when the browser goes away (%s) nothing of it stays', async how => {
    const left = vi.fn()
    const hub = new Hub(() => left)
    const { reader, away, heard } = open(hub, ['routes', 'samples/a/b/c'])
    await heard()
    if (how === 'signal') away.abort()
    else await reader.cancel()
    expect(left).toHaveBeenCalledTimes(3)
    expect(vi.getTimerCount()).toBe(0)
    hub.publish(routes('a/b/c'))
    await heard(100)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a shutdown says bye and ends', async () => {
    const { listen, heard, stopping, state } = open(new Hub(), ['board'])
    listen()
    await heard()
    stopping.abort()
    expect(await heard()).toBe('event: bye\ndata: {}\n\n')
    expect(state).toEqual({ isOver: true, error: '' })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a stream opened during the shutdown ends at once', async () => {
    const stopping = AbortSignal.abort()
    const response = eventStream({
      hub: new Hub(),
      topics: ['board'],
      signal: new AbortController().signal,
      stopping,
    })
    expect(await response.text()).toBe(': here\n\nevent: bye\ndata: {}\n\n')
  })
})
