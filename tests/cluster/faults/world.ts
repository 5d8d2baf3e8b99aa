import { deploymentOf, ingressOf, type Manifest, namespaceOf, serviceOf } from '@/sandbox/world/objects'

/** Path of a kind's collection in a namespace. */
export const collection = {
  Ingress: (namespace: string) => `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`,
  Deployment: (namespace: string) => `/apis/apps/v1/namespaces/${namespace}/deployments`,
  Service: (namespace: string) => `/api/v1/namespaces/${namespace}/services`,
  Namespace: () => '/api/v1/namespaces',
} as const

/** The name of a namespace that no other run of the suite has left behind. */
export const freshName = (stem: string): string => `${stem}-${Date.now().toString(36)}`

/** A namespace with a release of /: v1 and v2 with one pod each, an ordinary Ingress, and its parked canary. */
export function releaseIn(namespace: string): Manifest[] {
  const host = `${namespace}.example`
  const version = (tag: string) => [
    shortLived(deploymentOf({ namespace, name: `app-${tag}`, image: `nginx:user-${tag}`, replicas: 1 })),
    serviceOf(namespace, `app-${tag}`, `app-${tag}`),
  ]
  return [
    namespaceOf(namespace),
    ...version('v1'),
    ...version('v2'),
    ingressOf({ namespace, name: 'app', host, paths: [{ path: '/', service: 'app-v1' }] }),
    canaryIn(namespace, 'app-canary'),
  ]
}

/** Its pods do not hold up the end of their namespace, in which everything else goes after them. */
function shortLived(deployment: ReturnType<typeof deploymentOf>): Manifest {
  const { spec } = deployment
  const template = {
    ...spec.template,
    spec: { ...spec.template.spec, terminationGracePeriodSeconds: 1 },
  }
  return { ...deployment, spec: { ...spec, template } }
}

/** A parked canary Ingress of that release. */
export const canaryIn = (namespace: string, name: string): Manifest =>
  ingressOf({
    namespace,
    name,
    host: `${namespace}.example`,
    annotations: { canary: 'true', 'canary-weight': '0' },
    paths: [{ path: '/', service: 'app-v2' }],
  })
