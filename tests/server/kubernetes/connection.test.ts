import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Connection, openConnection } from '@/lib/server/kubernetes/connection'
import { contextsOf, readKubeConfig } from '@/lib/server/kubernetes/contexts'
import { FarSide } from '@/tests/server/kubernetes/far-side'

let folder: string
let far: FarSide
const opened: Connection[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'halftone-connection-'))
  far = await new FarSide().start()
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await Promise.all(opened.splice(0).map(each => each.close()))
  await far.stop()
  rmSync(folder, { recursive: true, force: true })
})

function connect(config: KubeConfig, more: { proxy?: { http?: string; no?: string } } = {}): Connection {
  const connection = openConnection({ config, context: config.getCurrentContext(), ...more })
  if (!connection.ok) throw new Error(connection.problem.title)
  opened.push(connection.value)
  return connection.value
}

function configWith({ user = {}, cluster = {} }: { user?: object; cluster?: object } = {}): KubeConfig {
  const config = new KubeConfig()
  config.loadFromString(
    JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: far.url, ...cluster } }],
      users: [{ name: 'u', user }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }),
  )
  return config
}

const script = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o700 })
  return path
}

describe('the kubeconfig', () => {
  test('no kubeconfig and no service account is said as such, not tried at localhost:8080', () => {
    vi.stubEnv('KUBECONFIG', '')
    vi.stubEnv('HOME', folder)
    const read = readKubeConfig()
    expect(read).toMatchObject({ ok: false, problem: { code: 'cluster-unreachable' } })
    expect(!read.ok && read.problem.title).toMatch(/No cluster found/)
  })

  test('a missing file is named', () => {
    const file = join(folder, 'none')
    const read = readKubeConfig(file)
    expect(!read.ok && read.problem.title).toContain(file)
  })

  test.each([
    ['no YAML', 'a: [', /not valid YAML/],
    ['empty', '{}', /No cluster found/],
    ['a cluster without server', 'clusters: [{name: c, cluster: {}}]', /server is missing/],
    ['only a secret', 'token: very-secret-token\n  x: [', /not valid YAML/],
  ])('a kubeconfig that is %s is refused with the reason and without quoting it', (_case, text, title) => {
    const file = join(folder, 'config')
    writeFileSync(file, text)
    const read = readKubeConfig(file)
    expect(!read.ok && read.problem.title).toMatch(title)
    expect(JSON.stringify(read)).not.toContain('very-secret')
  })

  test('several contexts are offered by name', () => {
    expect(contextsOf(configWith())).toEqual({ names: ['x'], current: 'x' })
  })

  test.each([
    ['an unknown context', 'nowhere', {}, /no context nowhere/],
    ['an address that is no URL', 'x', { server: 'not a url' }, /not a URL/],
  ])('%s is refused by name', (_case, context, cluster, title) => {
    const connection = openConnection({ config: configWith({ cluster }), context })
    expect(!connection.ok && connection.problem.title).toMatch(title)
  })
})

const hasIpv6 = Object.values(networkInterfaces()).some(each => each?.some(one => one.address === '::1'))

test.skipIf(!hasIpv6)('a server at an IPv6 address is reached', async () => {
  const six = await new FarSide().start('::1')
  const answer = await connect(configWith({ cluster: { server: six.url } })).request('GET', '/readyz')
  expect(answer).toMatchObject({ ok: true, value: { text: 'ok' } })
  await six.stop()
})

describe('credentials', () => {
  test('a token goes along with every request; a trailing slash of the server changes nothing', async () => {
    const connection = connect(configWith({ user: { token: 't0' }, cluster: { server: `${far.url}/` } }))
    await connection.request('GET', '/readyz')
    expect(far.asked[0]).toMatchObject({ path: '/readyz', headers: { authorization: 'Bearer t0' } })
  })

  test('name and password, and impersonation, are sent as Kubernetes reads them', async () => {
    const connection = connect(configWith({ user: { username: 'me', password: 'pw', as: 'boss' } }))
    await connection.request('GET', '/readyz')
    expect(far.asked[0]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('me:pw').toString('base64')}`,
      'impersonate-user': 'boss',
    })
  })

  test('a token file may end in a newline', async () => {
    const file = join(folder, 'token')
    writeFileSync(file, 'from-file\n')
    const user = { 'auth-provider': { name: 'tokenFile', config: { tokenFile: file } } }
    await connect(configWith({ user })).request('GET', '/readyz')
    expect(far.asked[0]?.headers.authorization).toBe('Bearer from-file')
  })

  const tokensSent = () => far.asked.map(each => each.headers.authorization)
  const kubeconfig = (user: string) => {
    const file = join(folder, 'config')
    writeFileSync(
      file,
      `clusters: [{name: c, cluster: {server: "${far.url}"}}]
users: [{name: u, user: ${user}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
`,
    )
    return file
  }
  const connectTo = (file: string) => {
    const config = readKubeConfig(file)
    if (!config.ok) throw new Error(config.problem.title)
    const reread = () => readKubeConfig(file)
    const connection = openConnection({ config: config.value, context: 'x', reread })
    if (!connection.ok) throw new Error(connection.problem.title)
    opened.push(connection.value)
    return connection.value
  }
  const accept = (token: string) => {
    far.override = ({ headers }) =>
      headers.authorization === `Bearer ${token}` ? 'default' : { status: 401, body: {} }
  }

  test('the tokenFile of a kubeconfig is read beside it, before a token written out', async () => {
    writeFileSync(join(folder, 'token'), 'from-file')
    await connectTo(kubeconfig('{tokenFile: token, token: written-out}')).request('GET', '/readyz')
    expect(tokensSent()).toEqual(['Bearer from-file'])
  })

  test('a token file that was rotated is used at once when the old token is refused: no request fails', async () => {
    writeFileSync(join(folder, 'token'), 'old')
    const connection = connectTo(kubeconfig('{tokenFile: token}'))
    await connection.request('GET', '/readyz')
    writeFileSync(join(folder, 'token'), 'new')
    accept('new')
    const answers = await Promise.all([1, 2, 3].map(() => connection.request('GET', '/readyz')))
    expect(answers.every(each => each.ok)).toBe(true)
  })

  test('a kubeconfig that another program rewrote is read again when its token is refused', async () => {
    const connection = connectTo(kubeconfig('{token: old}'))
    await connection.request('GET', '/readyz')
    kubeconfig('{token: new}')
    accept('new')
    expect(await connection.request('GET', '/readyz')).toMatchObject({ ok: true })
    expect(tokensSent()).toEqual(['Bearer old', 'Bearer old', 'Bearer new'])
  })

  test.each([
    ['is no YAML', 'a: ['],
    [
      'has lost the context',
      'clusters: [{name: c, cluster: {server: "http://x"}}]\ncontexts: [{name: y, context: {cluster: c}}]',
    ],
  ])('a rewritten kubeconfig that %s changes nothing', async (_case, text) => {
    const file = kubeconfig('{token: old}')
    const connection = connectTo(file)
    writeFileSync(file, text)
    accept('other')
    expect(await connection.request('GET', '/readyz')).toMatchObject({ ok: false, status: 401 })
    far.override = () => 'default'
    expect(await connection.request('GET', '/readyz')).toMatchObject({ ok: true })
  })

  test('a token refused twice is not sent a third time by one request', async () => {
    writeFileSync(join(folder, 'token'), 'old')
    accept('other')
    const refused = await connectTo(kubeconfig('{tokenFile: token}')).request('GET', '/readyz')
    expect(refused).toMatchObject({ ok: false, status: 401 })
    expect(tokensSent()).toEqual(['Bearer old'])
  })

  test('a token file that is empty just now is said so, and nothing is asked without a name', async () => {
    const file = join(folder, 'token')
    writeFileSync(file, '')
    const connection = connectTo(kubeconfig('{tokenFile: token}'))
    const answer = await connection.request('GET', '/readyz')
    expect(!answer.ok && answer.problem.title).toContain(file)
    expect(far.asked).toEqual([])
    writeFileSync(file, 'written')
    await connection.request('GET', '/readyz')
    expect(tokensSent()).toEqual(['Bearer written'])
  })

  test('an exec plugin runs once for many requests, and again when its token is not accepted', async () => {
    const runs = join(folder, 'runs')
    const command = script(
      'plugin',
      `echo run >> ${runs}
test -n "$KUBERNETES_EXEC_INFO" || exit 1
printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t%s"}}' $(wc -l < ${runs})`,
    )
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode: 'Never' }
    const connection = connect(configWith({ user: { exec } }))
    await Promise.all([1, 2, 3].map(() => connection.request('GET', '/readyz')))
    expect(new Set(far.asked.map(each => each.headers.authorization))).toEqual(new Set(['Bearer t1']))
    far.override = () => ({ status: 401 })
    const refused = await connection.request('GET', '/readyz')
    expect(refused).toMatchObject({ ok: false, status: 401, problem: { code: 'cluster-forbids' } })
    far.override = () => 'default'
    await connection.request('GET', '/readyz')
    expect(far.asked.at(-1)?.headers.authorization).toBe('Bearer t2')
  })

  test('a missing exec plugin is named; a failing one does not leak what it printed', async () => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-plugin' }
    const missing = await connect(configWith({ user: { exec } })).request('GET', '/readyz')
    expect(!missing.ok && missing.problem.title).toMatch(/no-such-plugin .* is not installed/)
    const command = script('failing', 'echo secret-token >&2; exit 3')
    const failed = await connect(configWith({ user: { exec: { ...exec, command } } })).request('GET', '/x')
    expect(!failed.ok && failed.problem.title).toMatch(/failing .* failed/)
    expect(JSON.stringify(failed)).not.toContain('secret-token')
  })

  test('a missing certificate file is named', async () => {
    const file = join(folder, 'ca.crt')
    const connection = connect(configWith({ cluster: { 'certificate-authority': file } }))
    const answer = await connection.request('GET', '/readyz')
    expect(!answer.ok && answer.problem.title).toContain(file)
  })
})

describe('answers', () => {
  test.each([
    [401, 'cluster-forbids'],
    [403, 'cluster-forbids'],
    [404, 'not-found'],
    [409, 'stale-edit'],
    [400, 'cluster-refuses'],
    [422, 'cluster-refuses'],
    [429, 'cluster-busy'],
    [500, 'cluster-unreachable'],
    [503, 'cluster-unreachable'],
  ])('status %i is the problem %s, with what the cluster said', async (status, code) => {
    far.override = () => ({ status, body: { message: 'because' }, headers: { 'retry-after': '7' } })
    const answer = await connect(configWith()).request('GET', '/x')
    expect(answer).toMatchObject({ ok: false, status, retryAfterMs: 7000 })
    expect(!answer.ok && answer.problem.code).toBe(code)
    expect(!answer.ok && answer.problem.params?.message).toBe('because')
  })

  test('a webhook that could not be asked is a refusal with its reason, and may be asked again', async () => {
    const hook = 'failed calling webhook "validate.nginx.ingress.kubernetes.io": failed to call webhook'
    const why = `${hook}: Post "https://127.0.0.1:8443/": dial tcp 127.0.0.1:8443: connect: connection refused`
    far.override = () => ({ status: 500, body: { message: `Internal error occurred: ${why}`, code: 500 } })
    const answer = await connect(configWith()).request('PATCH', '/x', { body: {} })
    expect(answer).toMatchObject({ ok: false, status: 500, problem: { code: 'cluster-refuses' } })
    expect(!answer.ok && answer.problem.title).toMatch(
      /^The cluster cannot ask the webhook .*: Internal error/,
    )
  })

  test.each([
    ['7', 7],
    ['0', 0],
    ['soon', 1],
    ['99999999', 1],
  ])('a busy cluster that asks to wait %s: the problem says so in whole seconds', async (asked, seconds) => {
    far.override = () => ({ status: 429, headers: { 'retry-after': asked } })
    const answer = await connect(configWith()).request('GET', '/x')
    expect(answer).toMatchObject({ ok: false, problem: { params: { retryAfterSeconds: seconds } } })
  })

  test('an object made anew under the same name is not the one that was to be changed', async () => {
    const causes = [{ reason: 'FieldValueInvalid', field: 'metadata.uid', message: 'field is immutable' }]
    far.override = () => ({ status: 422, body: { message: 'is invalid', details: { causes } } })
    const answer = await connect(configWith()).request('PATCH', '/x', { body: {} })
    expect(answer).toMatchObject({ ok: false, status: 409, problem: { code: 'stale-edit' } })
  })

  test.each([[null], [[]], [{ details: { causes: 'none' } }], [{ details: { causes: [null] } }]])(
    'a 422 with %j is a refusal like any other',
    async body => {
      far.override = () => ({ status: 422, body })
      const answer = await connect(configWith()).request('GET', '/x')
      expect(answer).toMatchObject({ ok: false, status: 422, problem: { code: 'cluster-refuses' } })
    },
  )

  test('an error that is no JSON, and a message too long, are clipped', async () => {
    far.override = () => ({ status: 422, body: { message: 'x'.repeat(10_000) } })
    const answer = await connect(configWith()).request('GET', '/x')
    expect(!answer.ok && answer.problem.title.length).toBeLessThan(600)
  })

  test('nothing listening, an unknown host and no answer in time are told apart', async () => {
    const nobody = connect(configWith({ cluster: { server: 'http://127.0.0.1:1' } }))
    const refused = await nobody.request('GET', '/x')
    expect(refused).toMatchObject({ ok: false, status: 0, problem: { code: 'cluster-unreachable' } })
    expect(!refused.ok && refused.problem.title).toMatch(/Nothing answers/)
    far.override = () => 'hang'
    const slow = await connect(configWith()).request('GET', '/x', { timeoutMs: 50 })
    expect(!slow.ok && slow.problem.title).toMatch(/does not answer/)
  })

  test('a server that takes the connection and says nothing is given up in time, and when the caller says so', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const connection = connect(configWith({ cluster: { server: `https://127.0.0.1:${port}` } }))
    const startedMs = performance.now()
    const slow = await connection.request('GET', '/x', { timeoutMs: 200 })
    expect(!slow.ok && slow.problem.title).toMatch(/does not answer/)
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 200)
    const left = await connection.stream('/x', { timeoutMs: 10_000, signal: stop.signal })
    expect(left).toMatchObject({ ok: false, status: 0 })
    const late = await connection.stream('/x', { timeoutMs: 200, signal: new AbortController().signal })
    expect(late).toMatchObject({ ok: false, status: 0 })
    expect(performance.now() - startedMs).toBeLessThan(3_000)
    silent.close()
  })

  test('a stream that stays open is given up when the caller says so', async () => {
    const stop = new AbortController()
    const stream = await connect(configWith()).stream('/api/v1/services?watch=true', {
      timeoutMs: 1_000,
      signal: stop.signal,
    })
    expect(stream.ok).toBe(true)
    await vi.waitFor(() => expect(far.watches).toBe(1))
    if (stream.ok) stream.value.on('error', () => undefined)
    stop.abort()
    await vi.waitFor(() => expect(far.watches).toBe(0))
  })

  test('many requests one after another share a connection or two', async () => {
    const connection = connect(configWith())
    const ports = new Set<number | undefined>()
    far.override = asked => {
      ports.add(asked.port)
      return 'default'
    }
    for (let i = 0; i < 20; i += 1) await connection.request('GET', '/readyz')
    expect(ports.size).toBeLessThanOrEqual(2)
  })
})
