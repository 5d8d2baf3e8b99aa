import 'server-only'
import type { ReleaseId } from '@/lib/domain/model/release'
import { leadsTo } from '@/lib/domain/operation/half-started'
import { type Failure, fail } from '@/lib/domain/problem'
import { releaseMarkOf } from '@/lib/domain/start/mark'
import { nameOf, podLabelsOf } from '@/lib/domain/start/parts'
import { isSelected } from '@/lib/domain/version'
import { parseService } from '@/lib/domain/workload'
import { type Far, patiently } from '@/lib/server/operation/far'
import type { Setting } from '@/lib/server/operation/setting'
import { listedKinds, readListed } from '@/lib/server/start/listed'

type Made = { id: ReleaseId; kind: 'Service' | 'Deployment'; raw: unknown }

/**
 * By whom requests may still come to what a start has made: an Ingress, somebody else's or one that is not ours any more, or somebody
 * else's Service. Null where there is nobody. Errors: `not-parked`; what the cluster said.
 */
export async function userOf(setting: Setting, far: Far, made: Made): Promise<Failure | null> {
  return ingressOver(setting, made) ?? (made.kind === 'Deployment' ? serviceOver(far, made) : null)
}

function ingressOver({ cluster }: Setting, { id: { namespace }, kind, raw }: Made): Failure | null {
  const workloads = cluster.workloads()
  const name = nameOf(raw)
  const isBefore = (service: string) =>
    kind === 'Service'
      ? service === name
      : isSelected(workloads.service(namespace, service)?.selector ?? null, podLabelsOf(raw))
  const user = cluster.ingresses().find(each => each.namespace === namespace && leadsTo(each, isBefore))
  if (!user) return null
  const title = `The Ingress ${user.name} leads to ${kind} ${name}: take it away first`
  return fail('not-parked', title, { params: { name: user.name } })
}

/** Nothing tells who calls a Service that no Ingress names. */
async function serviceOver(
  far: Far,
  { id: { namespace, name: release }, raw }: Made,
): Promise<Failure | null> {
  const services = await patiently(far, () => readListed(far.connection, listedKinds.services, namespace))
  if (!services.ok) return services
  const user = services.value
    .filter(each => releaseMarkOf(each) !== release)
    .find(each => isSelected(parseService(each).selector, podLabelsOf(raw)))
  if (user === undefined) return null
  const service = nameOf(user)
  const title = `The Service ${service} selects the pods of ${nameOf(raw)}: requests may come to them by it`
  return fail('not-parked', title, { params: { name: service, service } })
}
