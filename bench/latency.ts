import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { eachLine, Heard } from '@/bench/latency/listen'
import { startProgram } from '@/bench/latency/program'
import { type Connection, openConnection } from '@/lib/server/kubernetes/connection'
import { readKubeConfig } from '@/lib/server/kubernetes/contexts'

const [PODS, CHANGES, EVERY_MS] = [10_000, 400, 50]
const WEIGHT = 'nginx.ingress.kubernetes.io/canary-weight'
const INGRESSES = '/apis/networking.k8s.io/v1/namespaces/default/ingresses'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  await new Promise(done => server.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

function connect(kubeconfig: string): Connection {
  const config = readKubeConfig(kubeconfig)
  if (!config.ok) throw new Error(config.problem.title)
  const connection = openConnection({ config: config.value, context: 'admin' })
  if (!connection.ok) throw new Error(connection.problem.title)
  return connection.value
}

async function isReady(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const answer = await fetch(`${url}/api/health/ready`).catch(() => null)
    if (answer?.ok) return
    await wait(100)
  }
  throw new Error('Halftone did not become ready within a minute')
}

/** Hears the weight of the canary on the raw watch and on the product's stream. */
async function listen(admin: Connection, url: string, signal: AbortSignal) {
  const [raw, streamed] = [new Heard(), new Heard()]
  const watch = await admin.stream(`${INGRESSES}?watch=true`, { timeoutMs: 5_000, signal })
  if (!watch.ok) throw new Error(watch.problem.title)
  void eachLine(watch.value, line => {
    const { object } = JSON.parse(line) as { object: { metadata: { annotations?: Record<string, string> } } }
    raw.hear(Number(object.metadata.annotations?.[WEIGHT]))
  })
  const stream = await fetch(`${url}/api/stream?topic=board`, { signal })
  if (!stream.body) throw new Error('no stream')
  void eachLine(stream.body, line => {
    if (!line.startsWith('data: {"key":"board/')) return
    const { value } = JSON.parse(line.slice(6)) as { value: { weight: number } | null }
    if (value) streamed.hear(value.weight)
  })
  await wait(1_000)
  return { raw, streamed }
}

const at = (sorted: number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN

const folder = await mkdtemp(join(tmpdir(), 'halftone-bench-'))
const kubeconfig = join(folder, 'kubeconfig')
const port = await freePort()
const sandbox = startProgram(
  [
    '--import',
    'tsx',
    'sandbox/main.ts',
    '--world',
    'scale',
    '--pods',
    String(PODS),
    '--sync-delay',
    '0',
  ].concat('--kubeconfig', kubeconfig),
)
await sandbox.firstLine
const server = startProgram(['scripts/start.mjs'], {
  KUBECONFIG: kubeconfig,
  HALFTONE_CONTEXTS: 'bench=halftone',
  HALFTONE_SAMPLING: 'off',
  PORT: String(port),
})
server.firstLine.catch(() => undefined)
const url = `http://127.0.0.1:${port}`
await isReady(url)
const admin = connect(kubeconfig)
const stop = new AbortController()
const { raw, streamed } = await listen(admin, url, stop.signal)
const [rawMs, streamMs]: [number[], number[]] = [[], []]
for (let i = 1; i <= CHANGES; i += 1) {
  const weight = (i % 99) + 1
  const heard = Promise.all([raw.next(weight), streamed.next(weight)])
  const sentMs = performance.now()
  const body = { metadata: { annotations: { [WEIGHT]: String(weight) } } }
  const contentType = 'application/merge-patch+json'
  const written = await admin.request('PATCH', `${INGRESSES}/user-canary`, { body, contentType })
  if (!written.ok) throw new Error(written.problem.title)
  const [rawAtMs, streamAtMs] = await heard
  rawMs.push(rawAtMs - sentMs)
  streamMs.push(streamAtMs - sentMs)
  await wait(Math.max(0, sentMs + EVERY_MS - performance.now()))
}
stop.abort()
await admin.close()
await server.stop()
await sandbox.stop()
await rm(folder, { recursive: true, force: true })

rawMs.sort((a, b) => a - b)
streamMs.sort((a, b) => a - b)
const row = (part: number) => ({
  'raw watch event, ms': Number(at(rawMs, part).toFixed(1)),
  'frame on the stream, ms': Number(at(streamMs, part).toFixed(1)),
})
console.log(`PATCH of a weight until …, ${CHANGES} changes at 20 a second, ${PODS} pods`)
console.table({ p50: row(0.5), p99: row(0.99) })
console.log(`must reach: frame's p99 ≤ ${(2.5 * at(rawMs, 0.99) + 25).toFixed(1)} ms`)
