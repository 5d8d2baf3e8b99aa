import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { ROOT } from '@/scripts/install.mjs'

/** The application of a route of the reference world. */
export type App = 'user' | 'pay'

/** What the independent client has counted, and whether that proves the claim. */
export type Verdict = { holds: boolean; results: { sent: number; v1: number; v2: number }[] }

const CLIENT = join(ROOT, 'tests/e2e/prove.mjs')

/** Starts the independent client; its standard input is open until `end`. */
function ask(args: readonly string[]) {
  const child = spawn('node', [CLIENT, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const said = text(child.stdout)
  return {
    end: () => child.stdin.end(),
    verdict: async (): Promise<Verdict> => {
      const line = (await said).trim()
      console.log(line)
      return JSON.parse(line)
    },
  }
}

/** Lets the independent client judge a claim about an application at a gateway. */
export async function prove(gatewayUrl: string, app: App, claim: string): Promise<Verdict> {
  const asking = ask([gatewayUrl, app, claim])
  asking.end()
  return asking.verdict()
}

/** Lets it ask for as long as something is done, and judge a claim by every answer of that time. */
export async function proveMeanwhile(
  gatewayUrl: string,
  app: App,
  claim: string,
  work: () => Promise<void>,
): Promise<Verdict> {
  const asking = ask([gatewayUrl, app, claim, 'meanwhile'])
  try {
    await work()
  } finally {
    asking.end()
  }
  return asking.verdict()
}
