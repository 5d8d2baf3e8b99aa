import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { test as base } from '@playwright/test'
import { apply } from '@/scripts/demo/apply.mjs'
import { releaseManifests } from '@/scripts/demo/release.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

/** What `npm run demo -- --json` prints. */
type Addresses = { url: string; apiUrl: string; gatewayUrl: string; adminUrl: string; kubeconfig: string }

/** A running demo, and what a test does to it from outside. */
export type Demo = Addresses & {
  /** Makes v2 and its parked canary as a person would: with kubectl where there is one, else by the same API calls. */
  makeRelease: () => Promise<void>
  /** Puts these objects into the cluster behind Halftone's back. */
  apply: (manifests: object[]) => Promise<void>
  /** Lets the independent client judge a claim; resolves to its counts. */
  prove: (claim: string) => Promise<{ holds: boolean; results: unknown[] }>
  /** Switches faults of the sandbox. */
  fault: (what: object) => Promise<void>
}

const kubectlPath = (process.env.PATH ?? '')
  .split(delimiter)
  .map(folder => join(folder, 'kubectl'))
  .find(file => existsSync(file))

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the demo has no output')
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error('the demo ended before it was ready')
}

async function startDemo(args: readonly string[]): Promise<{ demo: Demo; stop: () => Promise<void> }> {
  const child = spawn('node', ['scripts/demo.mjs', '--json', '--port', '0', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const addresses: Addresses = JSON.parse(await firstLine(child))
  const applyAll = async (manifests: object[]) => {
    if (!kubectlPath) return apply(addresses.kubeconfig, manifests)
    // One after another, not as a List: kubectl checks a List by itself, with a schema that the sandbox does not tell.
    const documents = manifests.map(each => JSON.stringify(each)).join('\n')
    const applied = run(kubectlPath, ['--kubeconfig', addresses.kubeconfig, 'apply', '-f', '-'])
    applied.child.stdin?.end(documents)
    await applied
  }
  const prove = async (claim: string) => {
    const { stdout } = await run('node', [
      join(ROOT, 'tests/e2e/prove.mjs'),
      addresses.gatewayUrl,
      claim,
    ]).catch(error => error)
    console.log(stdout.trim())
    return JSON.parse(stdout)
  }
  const fault = async (what: object) => {
    await fetch(`${addresses.adminUrl}/faults`, {
      method: 'POST',
      body: JSON.stringify(what),
      headers: { 'content-type': 'application/json' },
    })
  }
  const stop = async () => {
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
  const makeRelease = async () => applyAll(await releaseManifests())
  return { demo: { ...addresses, makeRelease, apply: applyAll, prove, fault }, stop }
}

/** One demo for all tests of a file; `demoArgs` go to `npm run demo`. */
export const test = base.extend<object, { demoArgs: string[]; demo: Demo }>({
  demoArgs: [[], { option: true, scope: 'worker' }],
  demo: [
    async ({ demoArgs }, use) => {
      const { demo, stop } = await startDemo(demoArgs)
      await use(demo)
      await stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})
