import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './demo/built.mjs'
import { firstJson, startChild } from './demo/child.mjs'
import { freePort } from './demo/port.mjs'
import { ensureInstalled } from './install.mjs'

const USAGE = `npm run demo -- [--world default|board|scale|wide|clones] [--pods N] [--port N] [--release] [--json]

  --world    what the embedded cluster begins with (default: the reference story, before its release)
  --pods     how many pods without sockets the world "scale" has
  --port     where Halftone listens (3000; 0 takes any; if taken, the next one)
  --release  apply the release of /user at once
  --json     print one line of JSON when both answer`

/** Megabytes of V8's young generation: what is read in at the start is collected sooner, which keeps the peak low. */
const SMALL_HEAP = '--max-semi-space-size=1'

const WORLDS = ['default', 'board', 'scale', 'wide', 'clones']

function readOptions() {
  const { values } = parseArgs({
    options: {
      world: { type: 'string', default: 'default' },
      pods: { type: 'string' },
      port: { type: 'string', default: '3000' },
      release: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN
  if (!(port <= 65_535)) throw new Error(`--port ${values.port}: a number from 0 to 65535 is needed.`)
  if (!WORLDS.includes(values.world)) {
    throw new Error(`--world ${values.world}: it is one of ${WORLDS.join(', ')}.`)
  }
  return { ...values, port }
}

const answers = url =>
  new Promise(resolve => {
    get(url, { agent: false, timeout: 2_000 }, response => {
      response.resume()
      resolve(response.statusCode < 500)
    }).on('error', () => resolve(false))
  })

/** Until the embedded cluster can be asked: it says where in a kubeconfig, before its pods are ready. */
async function untilWritten(kubeconfig, signal) {
  while (!signal.aborted && !existsSync(kubeconfig)) await sleep(20)
}

async function untilAnswers(url, signal) {
  while (!signal.aborted && !(await answers(url))) await sleep(50)
}

async function run(options) {
  const folder = mkdtempSync(join(tmpdir(), 'halftone-demo-'))
  const children = []
  const stopping = new AbortController()
  const interrupted = new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(0))
  })
  /** Starts a program; the promise it returns resolves to an exit code when it ends by itself. */
  const start = (name, args, env) => {
    const child = startChild(name, args, env)
    children.push(child)
    const failed = child.ended.then(how => {
      if (!stopping.signal.aborted) console.error(`${name} ended (${how}).\n${child.last}`)
      return 1
    })
    return { child, failed }
  }

  try {
    const kubeconfig = join(folder, 'kubeconfig')
    const gatewayPort = await freePort(0)
    const sandbox = start('The sandbox', sandboxArguments(options, { kubeconfig, gatewayPort }), {})
    const port = await freePort(options.port)
    const written = untilWritten(kubeconfig, stopping.signal)
    const tooEarly = await Promise.race([written, sandbox.failed, interrupted])
    if (tooEarly !== undefined) return tooEarly
    const halftone = start('Halftone', ['scripts/start.mjs'], {
      KUBECONFIG: kubeconfig,
      HALFTONE_CONTEXTS: 'sandbox=halftone',
      HALFTONE_GATEWAYS: `nginx=http://127.0.0.1:${gatewayPort}`,
      HALFTONE_HOST: '127.0.0.1',
      PORT: String(port),
    })
    const ended = Promise.race([sandbox.failed, halftone.failed, interrupted])
    const url = `http://127.0.0.1:${port}`
    const both = Promise.all([firstJson(sandbox.child), untilAnswers(`${url}/`, stopping.signal)])
    const ready = await Promise.race([both, ended])
    if (typeof ready === 'number') return ready
    const [facts] = ready
    if (options.release) await applyRelease(kubeconfig)
    await say(options, { url, ...facts })
    return await ended
  } finally {
    stopping.abort()
    await Promise.all(children.map(child => child.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
}

function sandboxArguments({ world, pods }, { kubeconfig, gatewayPort }) {
  const wish = ['--world', world, '--kubeconfig', kubeconfig, '--gateway-port', String(gatewayPort)]
  if (pods !== undefined) wish.push('--pods', pods)
  return [SMALL_HEAP, '--import', 'tsx', 'sandbox/main.ts', ...wish]
}

async function applyRelease(kubeconfig) {
  const { apply } = await import('./demo/apply.mjs')
  const { releaseManifests } = await import('./demo/release.mjs')
  await apply(kubeconfig, await releaseManifests())
}

async function say({ json, release, world }, facts) {
  const { url, apiUrl, gatewayUrl, adminUrl, kubeconfig } = facts
  if (json) return console.log(JSON.stringify({ url, apiUrl, gatewayUrl, adminUrl, kubeconfig }))
  const { greeting } = await import('./demo/greeting.mjs')
  console.log(greeting({ url, gatewayUrl, kubeconfig, world, released: release || world === 'board' }))
}

function optionsOrUsage() {
  try {
    const options = readOptions()
    if (!options.help) return options
    console.log(USAGE)
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`)
    process.exitCode = 2
  }
  return null
}

const options = optionsOrUsage()
if (options) {
  try {
    ensureInstalled()
    await ensureBuilt()
    process.exitCode = await run(options)
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
