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
import type { Kind } from '@/lib/server/kubernetes/kind'
import type { Stored } from '@/lib/server/kubernetes/store'

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
