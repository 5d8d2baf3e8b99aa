import 'server-only'
import type { StartRoute, StartSources } from '@/lib/domain/model/start'
import { type Failure, fail, ok, type Result } from '@/lib/domain/problem'
import type { Cluster } from '@/lib/server/cluster'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { pathOf } from '@/lib/server/kubernetes/kind'
import { kinds } from '@/lib/server/kubernetes/kinds'
import { type ListedKind, listedKinds, readListed } from '@/lib/server/start/listed'

/**
 * Reads what a start of this route begins from: not what the watches have shown, but what the API server says now.
 *
 * Errors: not-found when the ordinary Ingress is gone; else why a kind could not be read, with `params.kind`.
 */
export async function readSources(
  { connection, ingresses }: Pick<Cluster, 'connection' | 'ingresses'>,
  { namespace, ingress }: Pick<StartRoute, 'namespace' | 'ingress'>,
): Promise<Result<StartSources>> {
  const all = (kind: ListedKind) => listed(connection, kind, namespace)
  const [ordinary, deployments, services, statefulSets, budgets, autoscalers] = await Promise.all([
    ordinaryIngress(connection, namespace, ingress),
    all(listedKinds.deployments),
    all(listedKinds.services),
    all(listedKinds.statefulSets),
    all(listedKinds.budgets),
    all(listedKinds.autoscalers),
  ])
  if (!ordinary.ok) return ordinary
  if (!deployments.ok) return deployments
  if (!services.ok) return services
  if (!statefulSets.ok) return statefulSets
  if (!budgets.ok) return budgets
  if (!autoscalers.ok) return autoscalers
  return ok({
    readAtMs: Date.now(),
    ordinary: ordinary.value,
    deployments: deployments.value,
    services: services.value,
    statefulSets: statefulSets.value,
    budgets: budgets.value,
    autoscalers: autoscalers.value,
    ingresses: ingresses(),
  })
}

async function listed(
  connection: Connection,
  kind: ListedKind,
  namespace: string,
): Promise<Result<unknown[]>> {
  const read = await readListed(connection, kind, namespace)
  return read.ok ? read : unreadable(read, kind.name)
}

async function ordinaryIngress(
  connection: Connection,
  namespace: string,
  name: string,
): Promise<Result<unknown>> {
  const read = await connection.request('GET', `${pathOf(kinds.ingresses, namespace)}/${name}`)
  if (read.ok) return parsed(read.value.text)
  if (read.status === 404) {
    const params = { kind: 'Ingress', name }
    return fail('not-found', `The Ingress ${namespace}/${name} is not there any more`, { params })
  }
  return unreadable(read, 'ingresses')
}

/** Says which kind it was: who has to grant a right must know. */
function unreadable({ problem: { code, title, params } }: Failure, kind: string): Failure {
  return fail(code, `Of what a start needs, ${kind} cannot be read: ${title}`, {
    params: { ...params, kind },
  })
}

function parsed(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text))
  } catch {
    return fail('cluster-unreachable', 'The API server sent an Ingress that is no JSON')
  }
}
