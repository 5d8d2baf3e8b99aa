import { mkdtempSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './demo/built.mjs'
import { firstJson, startChild } from './demo/child.mjs'
import { freePort } from './demo/port.mjs'
import { ensureInstalled } from './install.mjs'

const USAGE = `npm run demo -- [--world default|board|scale] [--pods N] [--port N] [--release] [--json]

  --world    what the embedded cluster begins with (default: the reference story, before its release)
  --pods     how many pods without sockets the world "scale" has
  --port     where Halftone listens (3000; 0 takes any; if taken, the next one)
  --release  apply the release of /user at once
  --json     print one line of JSON when both answer`

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
  if (!['default', 'board', 'scale'].includes(values.world)) {
    throw new Error(`--world ${values.world}: it is default, board or scale.`)
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
    const sandbox = start('The sandbox', sandboxArguments(options, kubeconfig), {})
    const port = await freePort(options.port)
    const facts = await Promise.race([firstJson(sandbox.child), sandbox.failed, interrupted])
    if (typeof facts === 'number') return facts
    const halftone = start('Halftone', ['scripts/start.mjs'], {
      KUBECONFIG: facts.kubeconfig,
      HALFTONE_GATEWAYS: `nginx=${facts.gatewayUrl}`,
      HALFTONE_HOST: '127.0.0.1',
      PORT: String(port),
    })
    const url = `http://127.0.0.1:${port}`
    const ready = untilAnswers(`${url}/`, stopping.signal).then(() => undefined)
    const early = await Promise.race([ready, sandbox.failed, halftone.failed, interrupted])
    if (early !== undefined) return early
    await say(options, { url, ...facts })
    return await Promise.race([sandbox.failed, halftone.failed, interrupted])
  } finally {
    stopping.abort()
    await Promise.all(children.map(child => child.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
}

function sandboxArguments({ world, pods, release }, kubeconfig) {
  const wish = ['--world', world, '--kubeconfig', kubeconfig]
  if (pods !== undefined) wish.push('--pods', pods)
  if (release) wish.push('--release')
  return ['--import', 'tsx', 'sandbox/main.ts', ...wish]
}

async function say({ json, release, world }, facts) {
  const { url, apiUrl, gatewayUrl, adminUrl, kubeconfig } = facts
  if (json) return console.log(JSON.stringify({ url, apiUrl, gatewayUrl, adminUrl, kubeconfig }))
  const { greeting } = await import('./demo/greeting.mjs')
  console.log(await greeting({ url, gatewayUrl, kubeconfig, released: release || world === 'scale' }))
}

try {
  const options = readOptions()
  if (options.help) console.log(USAGE)
  else {
    ensureInstalled()
    ensureBuilt()
    process.exitCode = await run(options)
  }
} catch (error) {
  console.error(`${error.message}\n\n${USAGE}`)
  process.exitCode = 1
}
