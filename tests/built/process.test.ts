import { get } from 'node:http'
import { describe, expect, test } from 'vitest'
import { startServer } from './server-process'

describe('the process', () => {
  test.each([
    ['a mistake in the environment', { HALFTONE_READ_ONLY: 'perhaps' }, ['HALFTONE_READ_ONLY']],
    ['all of them at once', { PORT: 'x', HALFTONE_DUE_MS: '-1' }, ['PORT', 'HALFTONE_DUE_MS']],
    ['an address that others could reach', { HALFTONE_HOST: '0.0.0.0' }, ['HALFTONE_HOST', 'loopback']],
    ['a kubeconfig that is not there', { KUBECONFIG: '/does/not/exist' }, ['/does/not/exist']],
    ['a context that is not there', { HALFTONE_CONTEXTS: 'x,demo,y' }, ['context x', 'context y']],
    ['no cluster at all', { KUBECONFIG: '', HOME: '/does/not/exist' }, ['No cluster found']],
  ])('does not start with %s, says so, and ends with 1', async (_case, environment, words) => {
    const server = await startServer(environment)
    expect(await server.exited).toBe(1)
    for (const word of words) expect(server.said()).toContain(word)
    expect(server.said()).not.toContain('a-secret-token')
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('ends with 0 on %s, and open streams hear bye', async signal => {
    const server = await startServer()
    const heard = new Promise<string>((resolve, reject) => {
      const url = `http://127.0.0.1:${server.port}/api/stream?topic=board`
      const sent = get(url, answer => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', piece => {
          if (!text) server.child.kill(signal)
          text += piece
        })
        answer.on('end', () => resolve(text))
        answer.on('error', reject)
      })
      sent.on('error', reject)
    })
    expect(await heard).toContain('event: bye\ndata: {}\n\n')
    expect(await server.exited).toBe(0)
  })
})
