import { setTimeout as wait } from 'node:timers/promises'
import { type Program, startProgram } from '@/bench/run/program'
import { freePort } from '@/scripts/demo/port.mjs'

/** What the sandbox says when it answers. */
export type Sandbox = Program & {
  gatewayUrl: string
  adminUrl: string
  kubeconfig: string
  /** From its start to its first answer. Units: milliseconds. */
  readyMs: number
}

/** Halftone as it was built, on one sandbox. */
export type Halftone = Program & { url: string }

/** Where Halftone's own cluster is in every address of the bench. */
export const CLUSTER = 'bench'

const READY_MS = 60_000

/** Starts an embedded cluster, and waits until it answers. */
export async function startSandbox(...args: string[]): Promise<Sandbox> {
  const startedMs = performance.now()
  const program = startProgram(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', ...args])
  const { gatewayUrl, adminUrl, kubeconfig }: Sandbox = JSON.parse(await program.firstLine)
  return { ...program, gatewayUrl, adminUrl, kubeconfig, readyMs: performance.now() - startedMs }
}

/** Starts the built product on a cluster, and waits until it says that it is ready. */
export async function startHalftone(
  { kubeconfig, gatewayUrl }: Pick<Sandbox, 'kubeconfig' | 'gatewayUrl'>,
  env: Record<string, string> = {},
): Promise<Halftone> {
  const port = await freePort(0)
  const program = startProgram(process.execPath, ['scripts/start.mjs'], {
    KUBECONFIG: kubeconfig,
    HALFTONE_CONTEXTS: `${CLUSTER}=halftone`,
    HALFTONE_GATEWAYS: `nginx=${gatewayUrl}`,
    HALFTONE_HOST: '127.0.0.1',
    PORT: String(port),
    ...env,
  })
  const url = `http://127.0.0.1:${port}`
  await untilReady(url)
  return { ...program, url }
}

async function untilReady(url: string): Promise<void> {
  const deadline = AbortSignal.timeout(READY_MS)
  while (!deadline.aborted) {
    const answer = await fetch(`${url}/api/health/ready`).catch(() => null)
    if (answer?.ok) return
    await wait(50)
  }
  throw new Error('Halftone did not become ready within a minute')
}
