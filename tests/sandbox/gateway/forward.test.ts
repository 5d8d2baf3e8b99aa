import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forward, forwardAgent } from '@/sandbox/gateway/forward'
import { closed, listening, portOf } from '@/sandbox/gateway/listen'

const agent = forwardAgent()
let pod: Server
let cutter: Server
let cuts = 0

beforeAll(async () => {
  pod = await listening(
    createServer((_request, response) => response.end('hello')),
    0,
  )
  cutter = await listening(
    createServer(request => {
      cuts++
      request.socket.destroy()
    }),
    0,
  )
})
afterAll(async () => {
  await Promise.all([agent.destroy(), closed(pod), closed(cutter)])
})

function ask(method: string, ports: number[], body: Buffer | null = null) {
  let turn = 0
  const next = () => `127.0.0.1:${ports[turn++ % ports.length]}`
  const signal = new AbortController().signal
  return forward({ next, method, path: '/', headers: ['host', 'h'], body, signal }, agent)
}

describe('asking the pods', () => {
  test('a broken connection is tried on the next pod', async () => {
    const { status, peers, answer } = await ask('GET', [portOf(cutter), portOf(pod)])
    expect(status).toBe(200)
    expect(peers).toHaveLength(2)
    expect(await answer?.body.text()).toBe('hello')
  })

  test('three tries, then 502', async () => {
    cuts = 0
    const { status, peers } = await ask('GET', [portOf(cutter)])
    expect({ status, tries: peers.length, cuts }).toEqual({ status: 502, tries: 3, cuts: 3 })
  })

  test('a request that is not idempotent is never sent twice', async () => {
    cuts = 0
    const { status, peers } = await ask('POST', [portOf(cutter), portOf(pod)], Buffer.from('x'))
    expect({ status, tries: peers.length, cuts }).toEqual({ status: 502, tries: 1, cuts: 1 })
  })

  test('a small body is sent again whole', async () => {
    const { status } = await ask('PUT', [portOf(cutter), portOf(pod)], Buffer.from('x'))
    expect(status).toBe(200)
  })

  test('what cannot be put on a request line is 400, not a crash', async () => {
    const signal = new AbortController().signal
    const next = () => `127.0.0.1:${portOf(pod)}`
    const outcome = await forward(
      { next, method: 'GET', path: '/\u0000', headers: [], body: null, signal },
      agent,
    )
    expect(outcome.status).toBe(400)
  })
})
