import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { KubeConfig } from '@kubernetes/client-node'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openConnection } from '@/lib/server/kubernetes/connection'

let server: Server
let ca: string
let otherCa: string

const certify = (name: string) =>
  generate([{ name: 'commonName', value: name }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
  })

beforeAll(async () => {
  const own = await certify('api.test')
  const other = await certify('other.test')
  ca = own.cert
  otherCa = other.cert
  server = createServer({ key: own.private, cert: own.cert }, (_request, response) => response.end('ok'))
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
})
afterAll(() => new Promise(done => server.close(done)))

async function ask(cluster: object) {
  const config = new KubeConfig()
  const { port } = server.address() as AddressInfo
  config.loadFromString(
    JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: `https://127.0.0.1:${port}`, ...cluster } }],
      users: [{ name: 'u', user: { token: 'secret-token' } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }),
  )
  const opened = openConnection({ config, context: 'x' })
  if (!opened.ok) throw new Error(opened.problem.title)
  const answer = await opened.value.request('GET', '/readyz')
  await opened.value.close()
  return answer
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

test('a certificate of the kubeconfig’s own authority is accepted, under the name the kubeconfig expects', async () => {
  const cluster = { 'certificate-authority-data': base64(ca), 'tls-server-name': 'api.test' }
  expect(await ask(cluster)).toMatchObject({ ok: true, value: { text: 'ok' } })
})

test('verification can be switched off, as kubectl allows', async () => {
  expect(await ask({ 'insecure-skip-tls-verify': true })).toMatchObject({ ok: true })
})

test.each([
  ['another authority', () => ({ 'certificate-authority-data': base64(otherCa) }), /not signed by/],
  ['no authority', () => ({}), /not signed by/],
  ['another host name', () => ({ 'certificate-authority-data': base64(ca) }), /another host name/],
])('%s: said as such, without a secret', async (_case, cluster, title) => {
  const answer = await ask(cluster())
  expect(answer).toMatchObject({ ok: false, status: 0, problem: { code: 'cluster-unreachable' } })
  expect(!answer.ok && answer.problem.title).toMatch(title)
  expect(JSON.stringify(answer)).not.toContain('secret-token')
})
