import { parseIngress } from '@/lib/domain/ingress'
import { epochMsOf } from '@/lib/domain/iso'
import type { Release } from '@/lib/domain/model/release'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import { releaseOf } from '@/lib/domain/release'
import { isSelected } from '@/lib/domain/version'
import { parseDeployment, parseEndpointSlice, parseIngressClass, parseService } from '@/lib/domain/workload'
import { RoutingReader } from '@/lib/server/cluster/routings'
import { matches } from '@/lib/server/pattern'
import { daysAgo, type Manifest } from '@/sandbox/world/objects'

const ofKind = (world: readonly Manifest[], kind: string) => world.filter(each => each.kind === kind)

/** Does a Deployment of the sandbox get its pods ready. */
function isReadying(raw: Manifest): boolean {
  const spec = fieldsOf(fieldsOf(fieldsOf(fieldsOf(raw).spec).template).spec)
  return !itemsOf(spec.containers).some(item =>
    itemsOf(fieldsOf(item).env).some(each => textOf(fieldsOf(each).name) === 'READY'),
  )
}

/** What stands behind the Services of a world once its pods have started. */
function workloadsOf(world: readonly Manifest[]) {
  const services = ofKind(world, 'Service').map(each => parseService(each))
  const deployments = ofKind(world, 'Deployment').map(each => ({
    deployment: parseDeployment(each),
    isReady: isReadying(each),
  }))
  const service = (namespace: string, name: string) =>
    services.find(each => each.namespace === namespace && each.name === name)
  return {
    service,
    slices: (namespace: string, name: string) =>
      deployments
        .filter(({ deployment, isReady }) => {
          const selector = service(namespace, name)?.selector ?? null
          return (
            isReady && deployment.namespace === namespace && isSelected(selector, deployment.templateLabels)
          )
        })
        .map(({ deployment: { replicas } }) =>
          parseEndpointSlice({
            metadata: { namespace, name, labels: { 'kubernetes.io/service-name': name } },
            endpoints: Array.from({ length: replicas }, () => ({ addresses: ['10.0.0.1'] })),
          }),
        ),
    deployments: (namespace: string) =>
      deployments.map(({ deployment }) => deployment).filter(each => each.namespace === namespace),
    pods: () => [],
  }
}

/** Every release of a world, by the name of its canary, as the product derives it; without starting anything. */
export function releasesOf(world: readonly Manifest[]): Map<string, Release> {
  const nowIso = daysAgo(0)
  const ingresses = ofKind(world, 'Ingress').map(each =>
    parseIngress({ ...each, metadata: { creationTimestamp: nowIso, ...each.metadata } }),
  )
  const { canaries } = new RoutingReader().read(
    ingresses,
    ofKind(world, 'IngressClass').map(parseIngressClass),
  )
  const workloads = workloadsOf(world)
  return new Map(
    [...canaries.values()].map(({ ingress, routing }) => {
      const facts = { cluster: 'demo', routing, workloads, matches, nowMs: epochMsOf(nowIso) }
      return [ingress.name, releaseOf(ingress, facts)]
    }),
  )
}
