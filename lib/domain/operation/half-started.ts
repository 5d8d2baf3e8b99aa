import type { Ingress } from '@/lib/domain/model/ingress'
import type { HalfStarted } from '@/lib/domain/model/start'
import type { Deployment, Service } from '@/lib/domain/model/workload'
import { isCanaryIngress } from '@/lib/domain/release'
import { parseStartPlan } from '@/lib/domain/start/change'

/** What a namespace holds, as far as starts are concerned. */
export type StartsSeen = {
  deployments: readonly Deployment[]
  services: readonly Service[]
  ingress: (name: string) => Ingress | undefined
  /** Is an operation at work on the release of this name. */
  isRunning: (name: string) => boolean
}

type Made = { deployments: Deployment[]; services: Service[] }

/**
 * Our objects whose canary Ingress does not exist, by release. An Ingress of that name that does not lead to our Service is somebody
 * else's: what was made here is then left over all the same.
 */
export function halfStartedIn(namespace: string, cluster: string, seen: StartsSeen): HalfStarted[] {
  const all = new Map<string, Made>()
  const madeFor = (release: string): Made => {
    const made = all.get(release) ?? { deployments: [], services: [] }
    all.set(release, made)
    return made
  }
  for (const each of seen.deployments) if (each.ours) madeFor(each.ours.release).deployments.push(each)
  for (const each of seen.services) if (each.ours) madeFor(each.ours.release).services.push(each)
  return [...all]
    .filter(([name, made]) => !isReleasedBy(seen.ingress(name), made))
    .map(([name, made]) => viewOf({ cluster, namespace, name }, made, seen.isRunning(name)))
}

function isReleasedBy(ingress: Ingress | undefined, { services, deployments }: Made): boolean {
  if (!ingress || !isCanaryIngress(ingress)) return false
  const planned = deployments.flatMap(({ ours }) => parseStartPlan(ours?.start)?.service ?? [])
  const names = services.length > 0 ? services.map(({ name }) => name) : planned
  return names.length === 0 || leadsTo(ingress, to => names.includes(to))
}

/** Does any path of this Ingress, or its default, lead to such a Service. */
export const leadsTo = ({ rules, defaultBackend }: Ingress, isMeant: (service: string) => boolean): boolean =>
  [defaultBackend, ...rules.flatMap(({ paths }) => (paths ?? []).map(path => path.backend))].some(
    backend => backend !== null && isMeant(backend.service),
  )

function viewOf(id: HalfStarted['id'], { deployments, services }: Made, isRunning: boolean): HalfStarted {
  const made = [...deployments, ...services]
  const sum = (count: (deployment: Deployment) => number) =>
    deployments.reduce((total, each) => total + count(each), 0)
  const plans = deployments.flatMap(({ ours }) => parseStartPlan(ours?.start) ?? [])
  return {
    id,
    since: made.flatMap(({ ours }) => ours?.since ?? []).sort()[0] ?? '',
    route: plans[0]?.route ?? null,
    objects: [
      ...deployments.map(({ name }) => ({ kind: 'Deployment' as const, name })),
      ...services.map(({ name }) => ({ kind: 'Service' as const, name })),
    ],
    pods: { ready: sum(each => each.ready), replicas: sum(each => each.replicas) },
    isRunning,
  }
}
