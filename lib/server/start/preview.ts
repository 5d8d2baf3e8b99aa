import 'server-only'
import { parseIngress } from '@/lib/domain/ingress'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Release } from '@/lib/domain/model/release'
import type { StartDraft, StartPlan } from '@/lib/domain/model/start'
import type { Deployment, EndpointSlice, IngressClass, Service } from '@/lib/domain/model/workload'
import { annotationKey } from '@/lib/domain/patch'
import { releaseOf, type Workloads } from '@/lib/domain/release'
import { draftPatch } from '@/lib/domain/rules'
import { parseDeployment, parseService } from '@/lib/domain/workload'
import { RoutingReader } from '@/lib/server/cluster/routings'
import { matches } from '@/lib/server/pattern'

/** What is known of a cluster, for asking what would be. `classes` null: they may not be read; `unreadable`: as in its state. */
export type Known = {
  cluster: string
  ingresses: readonly Ingress[]
  classes: readonly IngressClass[] | null
  workloads: Workloads
  unreadable: readonly string[]
}

/** What of a draft a release comes from. */
export type Previewed = Pick<StartDraft, 'objects' | 'plan'>

/**
 * The release that would come of a draft: its Ingress as the youngest of all and with the traffic that was chosen, its
 * Deployment with all its pods ready, because a start writes the Ingress only then.
 */
export function previewOf({ objects, plan }: Previewed, known: Known): Release {
  const [deployment, service, ingress] = objects
  const draft = youngest(withTraffic(parseIngress(ingress), plan), known.ingresses)
  const others = known.ingresses.filter(each => !isSame(each, draft))
  const { canaries } = new RoutingReader().read([...others, draft], known.classes)
  const found = canaries.get(`${draft.namespace}/${draft.name}`)
  if (!found) throw new Error('The draft of a start makes no canary')
  const { cluster, unreadable } = known
  const workloads = withDraft(known.workloads, parseDeployment(deployment), parseService(service))
  return releaseOf(draft, { cluster, routing: found.routing, workloads, podLimit: 0, matches, unreadable })
}

/** A weight of 0 is left out here: nobody has chosen it, so the linter is to say what it means (decision 0009). */
function withTraffic(parked: Ingress, { rules, weight }: Pick<StartPlan, 'rules' | 'weight'>): Ingress {
  const { [annotationKey.weight]: _none, ...annotations } = parked.annotations
  const written = rules ? draftPatch(rules).metadata.annotations : {}
  const chosen = Object.entries(written).flatMap(([key, text]) => (text === null ? [] : [[key, text]]))
  if (weight > 0) chosen.push([annotationKey.weight, String(weight)])
  return { ...parked, annotations: { ...annotations, ...Object.fromEntries(chosen) } }
}

function youngest(draft: Ingress, others: readonly Ingress[]): Ingress {
  const createdAtMs = others.reduce((latest, each) => Math.max(latest, each.createdAtMs), 0) + 1_000
  return { ...draft, createdAtMs }
}

type Named = { namespace: string; name: string }
const isSame = (a: Named, b: Named) => a.namespace === b.namespace && a.name === b.name

function withDraft(known: Workloads, draft: Deployment, service: Service): Workloads {
  const deployment = { ...draft, ready: draft.replicas, updated: draft.replicas }
  const { namespace, name, ports } = service
  const slice: EndpointSlice = {
    ...{ namespace, name, uid: '', resourceVersion: '', service: name },
    ports: ports.map(port => ({ name: port.name, port: port.port })),
    ready: deployment.replicas,
    total: deployment.replicas,
  }
  return {
    service: (...of) => (isSame({ namespace: of[0], name: of[1] }, service) ? service : known.service(...of)),
    slices: (...of) => (isSame({ namespace: of[0], name: of[1] }, service) ? [slice] : known.slices(...of)),
    deployments: of => {
      const others = known.deployments(of).filter(each => !isSame(each, deployment))
      return of === deployment.namespace ? [...others, deployment] : others
    },
    pods: known.pods,
  }
}
