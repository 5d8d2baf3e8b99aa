import 'server-only'
import { readFileSync } from 'node:fs'
import { nameContexts } from '@/lib/server/context-name'
import { type Environment, parseEnvironment, processEnvironment, proxiesOf } from '@/lib/server/env'
import { type Connection, openConnection } from '@/lib/server/kubernetes/connection'
import { contextsOf, readKubeConfig } from '@/lib/server/kubernetes/contexts'
import { described, log } from '@/lib/server/log'
import { createRuntime, type Runtime, setRuntime } from '@/lib/server/runtime'

/** Units: milliseconds. An orchestrator usually kills after 30 s. */
const LONGEST_GOODBYE_MS = 25_000

type Named = { cluster: string; context: string; connection: Connection }

/**
 * Starts the one runtime of this process from its environment. Ends the process with code 1, saying every mistake,
 * where the environment or the kubeconfig does not allow a start.
 */
export function startRuntime(): void {
  const environment = parseEnvironment(processEnvironment())
  if (!environment.ok) giveUp(environment.mistakes)
  const opened = openClusters(environment.value)
  if (!opened.ok) giveUp(opened.mistakes)
  const caFile = environment.value.HALFTONE_GATEWAY_CA
  const runtime = createRuntime({
    environment: environment.value,
    connections: opened.value,
    gatewayCa: caFile ? readFileSync(caFile, 'utf8') : undefined,
  })
  setRuntime(runtime)
  endWithSignals(runtime)
  log('info', 'started', { clusters: opened.value.map(each => `${each.cluster}: ${each.connection.server}`) })
}

function openClusters(
  environment: Environment,
): { ok: true; value: Named[] } | { ok: false; mistakes: string[] } {
  const config = readKubeConfig()
  if (!config.ok) return { ok: false, mistakes: [config.problem.title] }
  const { current } = contextsOf(config.value)
  const wanted = environment.HALFTONE_CONTEXTS
  const names = nameContexts(wanted.length ? wanted : [{ cluster: null, context: current }])
  const proxy = proxiesOf(processEnvironment())
  const mistakes: string[] = []
  const value = names.flatMap(({ cluster, context }): Named[] => {
    const opened = openConnection({ config: config.value, context, proxy, reread: readKubeConfig })
    if (opened.ok) return [{ cluster, context, connection: opened.value }]
    mistakes.push(opened.problem.title)
    return []
  })
  return mistakes.length ? { ok: false, mistakes } : { ok: true, value }
}

function giveUp(mistakes: readonly string[]): never {
  process.stderr.write(`Halftone cannot start:\n${mistakes.map(each => `  - ${each}\n`).join('')}`)
  process.exit(1)
}

/** Readiness fails, loops stop, streams say `bye`, writes under way end; a second signal ends at once. */
function endWithSignals(runtime: Runtime): void {
  let isEnding = false
  const end = (signal: string) => {
    if (isEnding) process.exit(1)
    isEnding = true
    log('info', 'stopping', { signal })
    setTimeout(() => process.exit(1), LONGEST_GOODBYE_MS).unref()
    runtime
      .stop()
      .catch(bug => log('error', 'stopping failed', { bug: described(bug) }))
      .finally(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}
