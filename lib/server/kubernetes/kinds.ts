import 'server-only'
import { parseIngress } from '@/lib/domain/ingress'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Deployment, EndpointSlice, IngressClass, Pod, Service } from '@/lib/domain/model/workload'
import {
  parseDeployment,
  parseEndpointSlice,
  parseIngressClass,
  parsePod,
  parseService,
} from '@/lib/domain/workload'
import type { Stored } from '@/lib/server/kubernetes/store'

/** One kind of object: where the API server has it, and what of it is kept. */
export type Kind<T extends Stored> = {
  /** Plural, as in the API: "pods". */
  name: string
  group: string
  namespaced: boolean
  parse: (raw: unknown, share: (text: string) => string) => T
}

/** What Halftone reads of a cluster, and nothing else. */
export const kinds = {
  ingressclasses: of<IngressClass>('ingressclasses', 'apis/networking.k8s.io/v1', parseIngressClass, false),
  ingresses: of<Ingress>('ingresses', 'apis/networking.k8s.io/v1', parseIngress),
  services: of<Service>('services', 'api/v1', parseService),
  endpointslices: of<EndpointSlice>('endpointslices', 'apis/discovery.k8s.io/v1', parseEndpointSlice),
  deployments: of<Deployment>('deployments', 'apis/apps/v1', parseDeployment),
  pods: of<Pod>('pods', 'api/v1', parsePod),
}

function of<T extends Stored>(
  name: string,
  group: string,
  parse: Kind<T>['parse'],
  namespaced = true,
): Kind<T> {
  return { name, group, parse, namespaced }
}

/** Path of a kind's list in the API, in one namespace or, for null, everywhere. */
export function pathOf({ group, name }: Pick<Kind<Stored>, 'group' | 'name'>, namespace: string | null) {
  return namespace === null ? `/${group}/${name}` : `/${group}/namespaces/${namespace}/${name}`
}
