import 'server-only'
import type { ClusterStatus, Status } from '@/lib/domain/model/status'
import { documentedVariables, type Environment, processEnvironment } from '@/lib/server/env'
import { redacted } from '@/lib/server/redacted'
import type { Runtime } from '@/lib/server/runtime'
import packageInfo from '@/package.json'

type Source = ReturnType<typeof processEnvironment>

/** How Halftone and its clusters are; clusters are asked side by side, and one that is silent holds up nobody. */
export async function statusOf(
  { clusters, environment }: Pick<Runtime, 'clusters' | 'environment'>,
  source: Source = processEnvironment(),
): Promise<Status> {
  const read = await Promise.all(
    [...clusters.values()].map(async (cluster): Promise<ClusterStatus> => {
      return { ...(await cluster.status()), gateways: gatewaysOf(environment, cluster.name) }
    }),
  )
  return {
    at: new Date().toISOString(),
    halftone: packageInfo.version,
    node: process.version,
    next: packageInfo.dependencies.next,
    startedAt: new Date(performance.timeOrigin).toISOString(),
    clusters: read,
    configuration: configurationOf(source),
  }
}

/** Where probes of a cluster go: of each class its own entries, else those for all clusters. */
function gatewaysOf({ HALFTONE_GATEWAYS: all }: Environment, cluster: string): ClusterStatus['gateways'] {
  const own = all.filter(each => each.cluster === cluster)
  const named = new Set(own.map(each => each.className))
  const others = all.filter(each => each.cluster === null && !named.has(each.className))
  return [...own, ...others].map(({ className, url }) => ({ className, url }))
}

function configurationOf(source: Source): Status['configuration'] {
  return documentedVariables.map(({ name, fallback }) => {
    const set = source[name]?.trim() ?? ''
    return { name, value: redacted(name, set || fallback), isDefault: set === '' }
  })
}
