import 'server-only'
import { createHash } from 'node:crypto'
import { contentKeyOf } from '@/lib/domain/content-version'
import { parseIngress } from '@/lib/domain/ingress'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Deployment, EndpointSlice, IngressClass, Pod, Service } from '@/lib/domain/model/workload'
import { parsePod } from '@/lib/domain/pod'
import { parseDeployment, parseEndpointSlice, parseIngressClass, parseService } from '@/lib/domain/workload'
import type { Kind } from '@/lib/server/kubernetes/kind'
import type { Stored } from '@/lib/server/kubernetes/store'

/** An Ingress, and a digest of all that people change about it, to tell real changes from status updates. */
export type ListedIngress = Ingress & { contentKey: string }

/** An Ingress as the API server sent it, projected. */
export const parseListedIngress = (raw: unknown): ListedIngress => ({
  ...parseIngress(raw),
  contentKey: createHash('sha256').update(contentKeyOf(raw)).digest('base64'),
})

/** What Halftone reads of a cluster, and nothing else; in the order in which it is wanted. */
export const kinds = {
  ingressclasses: of<IngressClass>('ingressclasses', 'apis/networking.k8s.io/v1', parseIngressClass, false),
  ingresses: of<ListedIngress>('ingresses', 'apis/networking.k8s.io/v1', parseListedIngress),
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
