import { deploymentOf, type Manifest, namespaceOf } from './objects'
import { NO_SOCKET } from './scale'

const NAMESPACE = 'ingress-nginx'

/** As the chart of ingress-nginx writes them. */
const ARGS = [
  '/nginx-ingress-controller',
  '--publish-service=$(POD_NAMESPACE)/ingress-nginx-controller',
  '--election-id=ingress-nginx-leader',
  '--controller-class=k8s.io/ingress-nginx',
  '--ingress-class=nginx',
  '--configmap=$(POD_NAMESPACE)/ingress-nginx-controller',
  '--validating-webhook=:8443',
  '--enable-metrics=false',
  '--enable-annotation-validation=true',
]

/**
 * The pods of an ingress controller of an old version, so that there is something to be said of it. Nothing listens in
 * them: the sandbox's gateway is a program of its own.
 */
export function controller(): Manifest[] {
  const bare = deploymentOf({
    namespace: NAMESPACE,
    name: 'ingress-nginx-controller',
    image: 'registry.k8s.io/ingress-nginx/controller:v1.11.2',
    replicas: 2,
    podAnnotations: { [NO_SOCKET]: 'true' },
  })
  const { template } = bare.spec
  const containers = template.spec.containers.map(each => ({ ...each, args: ARGS }))
  return [
    namespaceOf(NAMESPACE),
    { ...bare, spec: { ...bare.spec, template: { ...template, spec: { containers } } } },
  ]
}
