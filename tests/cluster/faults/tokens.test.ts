import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KubeConfig } from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Result } from '@/lib/domain/problem'
import { weightPatch } from '@/lib/domain/weight'
import { openConnection } from '@/lib/server/kubernetes/connection'
import { contextsOf, readKubeConfig } from '@/lib/server/kubernetes/contexts'
import { beginRelease, end } from '@/tests/cluster/faults/begin'
import { freshName } from '@/tests/cluster/faults/world'
import { theCluster } from '@/tests/cluster/harness/cluster'
import { connectionTo, endsTrue, isLive, type Stage, stageOn } from '@/tests/server/cluster/stage'

const NAMESPACE = freshName('tokens')
const CANARY = { cluster: 'demo', namespace: NAMESPACE, name: 'app-canary' }
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'
/** Watches of 5 to 6 s: each soon shows its token anew. */
const TIMES = { idleMs: 8_000 }
/** The API server remembers for 10 s that a token was good. */
const REMEMBERED = { timeout: 20_000, interval: 200 }

const real = theCluster()
const folder = join(real.folder, NAMESPACE)
let admin: Stage

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  mkdirSync(SERVICE_ACCOUNT, { recursive: true })
  // Nobody's kubeconfig: what names no file is inside a pod.
  vi.stubEnv('KUBECONFIG', '')
  vi.stubEnv('HOME', folder)
  vi.stubEnv('KUBERNETES_SERVICE_HOST', '127.0.0.1')
  vi.stubEnv('KUBERNETES_SERVICE_PORT', '6443')
  admin = await stageOn(real)
  await beginRelease(admin, NAMESPACE)
})

afterAll(async () => {
  vi.unstubAllEnvs()
  rmSync(SERVICE_ACCOUNT, { recursive: true, force: true })
  await end(admin, NAMESPACE)
  await admin.stop()
})

type Token = { text: string; revoke: () => Promise<unknown> }

/** A token of Halftone's own service account that is good for as long as a Secret exists. */
async function tokenBoundTo(name: string): Promise<Token> {
  const secrets = '/api/v1/namespaces/halftone/secrets'
  await admin.kubectl('POST', secrets, { apiVersion: 'v1', kind: 'Secret', metadata: { name } })
  const boundObjectRef = { kind: 'Secret', apiVersion: 'v1', name }
  const { status } = (await admin.kubectl(
    'POST',
    '/api/v1/namespaces/halftone/serviceaccounts/halftone/token',
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 600, boundObjectRef },
    },
  )) as { status: { token: string } }
  return { text: status.token, revoke: () => admin.kubectl('DELETE', `${secrets}/${name}`) }
}

const isRefused = async (token: Token) => {
  const other = connectionTo(real, token.text)
  await vi.waitFor(
    async () => expect(await other.request('GET', '/version')).toMatchObject({ status: 401 }),
    REMEMBERED,
  )
  await other.close()
}

const kubeconfig = (name: string, user: object): string => {
  const file = join(folder, name)
  const cluster = { server: real.apiUrl, 'certificate-authority-data': btoa(real.ca) }
  const config = {
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  }
  writeFileSync(file, JSON.stringify(config))
  return file
}

/** Where a token may come from, how a new one gets there, and how Halftone reads it; `name` is that of a reader. */
const ways: Record<
  string,
  (name: string) => { put: (token: string) => void; read: () => Result<KubeConfig> }
> = {
  'a token file': name => ({
    put: token => writeFileSync(join(folder, `${name}.token`), token),
    read: () => readKubeConfig(kubeconfig(name, { tokenFile: `${name}.token` })),
  }),
  'a kubeconfig that another program rewrites': name => ({
    put: token => void kubeconfig(name, { token }),
    read: () => readKubeConfig(join(folder, name)),
  }),
  'the service account of a pod': () => ({
    put: token => {
      writeFileSync(join(SERVICE_ACCOUNT, 'ca.crt'), real.ca)
      writeFileSync(join(SERVICE_ACCOUNT, 'token'), token)
    },
    read: () => readKubeConfig(),
  }),
}

let readers = 0

async function through(way: string) {
  const name = `${NAMESPACE}-${readers++}`
  const found = ways[way]?.(name)
  if (!found) throw new Error(way)
  const first = await tokenBoundTo(`${name}-first`)
  found.put(first.text)
  const config = found.read()
  if (!config.ok) throw new Error(config.problem.title)
  const context = contextsOf(config.value).current
  const opened = openConnection({ config: config.value, context, reread: found.read })
  if (!opened.ok) throw new Error(opened.problem.title)
  const told: { state: string; unreadable: readonly { why: string }[] }[] = []
  const on = await stageOn(real, {
    connection: opened.value,
    times: TIMES,
    onState: state => told.push(state),
  })
  return { ...found, name, first, on, told }
}

function weigh(on: Stage, weight: number) {
  const held = on.cluster.get(CANARY)
  if (!held.ok) throw new Error(held.problem.title)
  const patch = weightPatch(held.value, { weight })
  if (!patch.ok) throw new Error(patch.problem.title)
  return on.cluster.patch(CANARY, { patch: patch.value, resourceVersion: held.value.resourceVersion })
}

test.concurrent.each(Object.keys(ways))(
  'rotated in %s: gone on with the new one, without a gap',
  async way => {
    const { put, name, first, on, told } = await through(way)
    const second = await tokenBoundTo(`${name}-second`)
    put(second.text)
    await first.revoke()
    await isRefused(first)
    const refusedMs = performance.now()
    await vi.waitFor(() => expect(performance.now() - refusedMs).toBeGreaterThan(TIMES.idleMs), {
      timeout: 9_000,
    })
    expect(told.filter(each => each.state !== 'live' || each.unreadable.length > 0).slice(1)).toEqual([])
    await isLive(on.cluster)
    await on.stop()
  },
)

test.concurrent('no longer good: said plainly, the last picture stale, and by itself well again with a good one', async () => {
  const { put, name, first, on } = await through('a kubeconfig that another program rewrites')
  const picture = on.cluster.releases()
  await first.revoke()
  await isRefused(first)
  expect(await weigh(on, 5)).toMatchObject({ ok: false, problem: { code: 'cluster-forbids' } })
  await vi.waitFor(
    () => expect(on.cluster.state().unreadable.map(each => each.why)).toEqual(Array(6).fill('unauthorized')),
    { timeout: 15_000 },
  )
  expect(on.cluster.state().state).toBe('stale')
  expect(on.cluster.releases()).toEqual(picture)
  put((await tokenBoundTo(`${name}-third`)).text)
  const givenMs = performance.now()
  await vi.waitFor(() => expect(on.cluster.state()).toMatchObject({ state: 'live', unreadable: [] }), {
    timeout: 15_000,
  })
  await endsTrue(on)
  expect(await weigh(on, 6)).toMatchObject({ ok: true })
  console.log(`a good token: live again after ${Math.round(performance.now() - givenMs)} ms`)
  await on.stop()
})
