import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '@/sandbox/start'
import { clientOf, MERGE } from '@/tests/contract/client'
import { INGRESSES, ingress } from '@/tests/contract/objects'

/** What the contract cannot ask of every API server: the default world's class and webhook, and limits of our own. */
let sandbox: Sandbox
let api: ReturnType<typeof clientOf>
let made = 0
const fresh = () => `thing-${++made}`

beforeAll(async () => {
  sandbox = await startSandbox({ world: 'default', syncDelayMs: 0 })
  api = clientOf(sandbox)
})
afterAll(async () => {
  await api.close()
  await sandbox.stop()
})

test('the default class is given to an Ingress without one', async () => {
  const body = ingress(fresh())
  const { ingressClassName: _none, ...spec } = body.spec
  const answer = await api.ask('POST', INGRESSES, { body: { ...body, spec } })
  expect(answer.body.spec?.ingressClassName).toBe('nginx')
})

describe('refusals', () => {
  test.each([
    ['an own __proto__', { body: '{"metadata":{"name":"x","__proto__":{"a":1}}}' }, 400, 'proto'],
    ['more than 3 MiB', { body: JSON.stringify({ a: 'x'.repeat(3 * 1024 * 1024) }) }, 413, ''],
  ])('%s', async (_what, options, status, word) => {
    const answer = await api.ask('POST', INGRESSES, options)
    expect(answer.status, answer.text).toBe(status)
    expect(answer.body).toMatchObject({ kind: 'Status', status: 'Failure', code: status })
    expect(answer.text).toContain(word)
  })

  test('the webhook refuses a path that another ordinary Ingress has, but not a canary', async () => {
    const answer = await api.ask('POST', INGRESSES, { body: ingress(fresh(), 'service-user-v1', '/user') })
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('denied the request')])
    const body = ingress(fresh(), 'service-user-v1', '/user')
    const annotations = { 'nginx.ingress.kubernetes.io/canary': 'true' }
    const canary = { ...body, metadata: { ...body.metadata, annotations } }
    expect((await api.ask('POST', INGRESSES, { body: canary })).status).toBe(201)
  })

  test('a patch cannot turn an object into another kind', async () => {
    const path = `${INGRESSES}/nginx-ingress`
    expect((await api.ask('PATCH', path, { body: { kind: 'Pod' }, type: MERGE })).status).toBe(422)
  })
})
