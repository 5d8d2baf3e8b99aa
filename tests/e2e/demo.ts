import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { test as base } from '@playwright/test'
import { ROOT } from '@/scripts/install.mjs'
import { type Target, targetAt } from '@/tests/e2e/target'

/** What `npm run demo -- --json` prints. */
type Printed = { url: string; apiUrl: string; gatewayUrl: string; adminUrl: string; kubeconfig: string }

/** A running demo, and what a test does to it from outside. */
export type Demo = Target & {
  /** Switches faults of the sandbox. */
  fault: (what: object) => Promise<void>
}

/** Something started for tests, and its end. */
export type Started<T> = { it: T; stop: () => Promise<void> }

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the demo has no output')
  for await (const line of createInterface({ input: child.stdout })) return line
  throw new Error('the demo ended before it was ready')
}

/** Starts `npm run demo` with these arguments; resolves when sandbox and product answer. */
export async function startDemo(args: readonly string[]): Promise<Started<Demo>> {
  const child = spawn('node', ['scripts/demo.mjs', '--json', '--port', '0', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { url, gatewayUrl, adminUrl, kubeconfig }: Printed = JSON.parse(await firstLine(child))
  const fault = async (what: object) => {
    await fetch(`${adminUrl}/faults`, {
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
  return { it: { ...targetAt({ url, cluster: 'sandbox', gatewayUrl, kubeconfig }), fault }, stop }
}

/** One demo for all tests of a file; `demoArgs` go to `npm run demo`. */
export const test = base.extend<object, { demoArgs: string[]; demo: Demo }>({
  demoArgs: [[], { option: true, scope: 'worker' }],
  demo: [
    async ({ demoArgs }, use) => {
      const { it, stop } = await startDemo(demoArgs)
      await use(it)
      await stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})
