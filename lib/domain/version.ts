import { endpointsOf } from '@/lib/domain/endpoints'
import type { ServicePort } from '@/lib/domain/model/ingress'
import type { PodView, Version } from '@/lib/domain/model/release'
import type { Deployment, EndpointSlice, Pod, Service } from '@/lib/domain/model/workload'
import { portOf } from '@/lib/domain/route'

/** What the cluster holds besides Ingresses, as far as it is known; a Service or slice not seen yet is none. */
export type Workloads = {
  service: (namespace: string, name: string) => Service | undefined
  slices: (namespace: string, service: string) => readonly EndpointSlice[]
  deployments: (namespace: string) => readonly Deployment[]
  pods: (namespace: string) => readonly Pod[]
}

type Labels = Readonly<Record<string, string>>

/** Does a Service with this selector pick up something with these labels; without a selector it picks up nothing. */
export function isSelected(selector: Labels | null, labels: Labels): boolean {
  if (!selector) return false
  for (const key in selector) if (labels[key] !== selector[key]) return false
  return true
}

function podView({ namespace, uid, resourceVersion, labels, message, ...shown }: Pod): PodView {
  return shown
}

function podsOf(selected: readonly Pod[], limit: number): Pick<Version, 'pods' | 'morePods'> {
  const order = (a: Pod, b: Pod) =>
    Number(a.ready) - Number(b.ready) || (a.name < b.name ? -1 : Number(a.name > b.name))
  const pods = [...selected].sort(order).slice(0, limit).map(podView)
  const morePods = selected.length - pods.length
  return morePods > 0 ? { pods, morePods } : { pods }
}

/** A side nobody has found: no Service, nothing behind it. */
export const noVersion: Version = {
  service: '',
  port: '',
  deployments: [],
  endpoints: { ready: 0, total: 0 },
}

/**
 * One side of a release: the Service, the Deployments and pods that its selector picks up, and its endpoints.
 * Limits: at most `podLimit` pods, not-ready ones first; 0 leaves pods out altogether.
 */
export function versionOf(
  workloads: Workloads,
  namespace: string,
  { service: name, port, podLimit }: ServicePort & { podLimit: number },
): Version {
  const service = workloads.service(namespace, name)
  const selector = service?.selector ?? null
  const deployments = selector ? workloads.deployments(namespace) : []
  const pods = selector && podLimit > 0 ? workloads.pods(namespace) : []
  return {
    service: name,
    port: portOf(port),
    deployments: deployments
      .filter(deployment => isSelected(selector, deployment.templateLabels))
      .map(({ name, containers, replicas, ready, updated }) => {
        return { name, image: containers[0]?.image ?? '', replicas, ready, updated }
      }),
    endpoints: endpointsOf(service, workloads.slices(namespace, name), port),
    ...(podLimit > 0 &&
      podsOf(
        pods.filter(pod => isSelected(selector, pod.labels)),
        podLimit,
      )),
  }
}
