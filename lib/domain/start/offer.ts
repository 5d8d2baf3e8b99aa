import type { Route } from '@/lib/domain/model/release'
import type {
  StartContainer,
  StartDeployment,
  StartOffer,
  StartRoute,
  StartSources,
} from '@/lib/domain/model/start'
import { type Failure, fail } from '@/lib/domain/problem'
import { fieldsOf, itemsOf, textOf, wholeOf } from '@/lib/domain/raw'
import { behindOf, oddPath } from '@/lib/domain/start/behind'
import { cloneNames, freeCanaryName, freeSuffix, takenIn } from '@/lib/domain/start/names'
import { nameOf, podSpecOf, specOf } from '@/lib/domain/start/parts'
import { stableNames } from '@/lib/domain/start/stable'

function containerOf(raw: unknown): StartContainer {
  const { name, image, env } = fieldsOf(raw)
  return {
    name: textOf(name),
    image: textOf(image),
    env: itemsOf(env).map(item => {
      const entry = fieldsOf(item)
      return { name: textOf(entry.name), value: entry.valueFrom === undefined ? textOf(entry.value) : null }
    }),
  }
}

/** A Deployment as a start offers it: what a new version may change. */
export function startDeployment(raw: unknown): StartDeployment {
  return {
    name: nameOf(raw),
    replicas: wholeOf(specOf(raw).replicas, 1),
    containers: itemsOf(podSpecOf(raw).containers).map(containerOf),
  }
}

/** Refuses a route that a canary acts on already. Errors: `already-released`. */
export function alreadyReleased({ release, releaseNamespace, namespace }: Route): Failure | null {
  if (release === null) return null
  const title = `The canary Ingress ${release} acts on this route already; the controller looks at the oldest only`
  return fail('already-released', title, { params: { release, namespace: releaseNamespace ?? namespace } })
}

/** A route without what else is known of it. */
export const startRoute = ({
  namespace,
  ingress,
  host,
  path,
  pathType,
  service,
  port,
}: StartRoute): StartRoute => ({
  namespace,
  ingress,
  host,
  path,
  pathType,
  service,
  port,
})

/** What a start of this route can begin from; where none can, `obstacle` says why. Autoscalers and budgets are none. */
export function offerOf(route: Route, sources: StartSources): StartOffer {
  const behind = behindOf(route, sources)
  const refused = alreadyReleased(route) ?? oddPath(sources.ordinary) ?? (behind.ok ? null : behind)
  const deployments = behind.ok ? behind.value.deployments : []
  const taken = takenIn(route.namespace, sources, null)
  const stable = stableNames(deployments[0], route.service)
  const suffix = freeSuffix(stable, taken)
  return {
    route: startRoute(route),
    deployments: deployments.map(startDeployment),
    names: {
      suffix,
      name: freeCanaryName(route, taken),
      ...cloneNames(stable, suffix),
      ...(deployments.length === 0 && { deployment: '' }),
    },
    obstacle: refused?.problem ?? null,
  }
}
