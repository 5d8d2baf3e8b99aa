import { expect, vi } from 'vitest'
import { parseEnvironment } from '@/lib/server/env'
import type { Context, Handler } from '@/lib/server/http'
import { openConnection } from '@/lib/server/kubernetes/connection'
import { readKubeConfig } from '@/lib/server/kubernetes/contexts'
import { createRuntime, type Runtime, setRuntime } from '@/lib/server/runtime'
import { type Sandbox, type SandboxOptions, startSandbox } from '@/sandbox/start'

/** Halftone's server without Next, over a sandbox of its own. */
export type Stage = { sandbox: Sandbox; runtime: Runtime; stop(): Promise<void> }

type Source = Record<string, string>

export async function startServer(
  environment: Source | ((sandbox: Sandbox) => Source) = {},
  options: SandboxOptions = { world: 'board', webhook: false },
): Promise<Stage> {
  const sandbox = await startSandbox({ syncDelayMs: 0, ...options })
  const source = typeof environment === 'function' ? environment(sandbox) : environment
  const runtime = runtimeOver(sandbox, source)
  await vi.waitFor(() => expect(runtime.unready()).toEqual([]), { timeout: 20_000, interval: 20 })
  return {
    sandbox,
    runtime,
    async stop() {
      await runtime.stop()
      await sandbox.stop()
    },
  }
}

function runtimeOver({ kubeconfig }: Sandbox, source: Source): Runtime {
  const environment = parseEnvironment(source)
  if (!environment.ok) throw new Error(environment.mistakes.join('\n'))
  const config = readKubeConfig(kubeconfig)
  if (!config.ok) throw new Error(config.problem.title)
  const opened = openConnection({ config: config.value, context: 'halftone' })
  if (!opened.ok) throw new Error(opened.problem.title)
  const connections = [{ cluster: 'demo', context: 'halftone', connection: opened.value }]
  const runtime = createRuntime({ environment: environment.value, connections })
  setRuntime(runtime)
  return runtime
}

/** Sends one call to a route handler as Next would. */
export async function call(
  handler: Handler,
  options: { params?: Record<string, string>; method?: string; body?: unknown; path?: string } = {},
) {
  const { params = {}, method = 'GET', body, path = '/api/x' } = options
  const request = new Request(`http://localhost${path}`, {
    method,
    headers: { host: 'localhost', ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const context: Context = { params: Promise.resolve(params) }
  return handler(request, context)
}
