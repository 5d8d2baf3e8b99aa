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
]

function podsOf(name: string, version: string, replicas: number, args: readonly string[]): Manifest {
  const bare = deploymentOf({
    namespace: NAMESPACE,
    name,
    image: `registry.k8s.io/ingress-nginx/controller:${version}`,
    replicas,
    podAnnotations: { [NO_SOCKET]: 'true' },
  })
  const { template } = bare.spec
  const containers = template.spec.containers.map(each => ({ ...each, args }))
  return { ...bare, spec: { ...bare.spec, template: { ...template, spec: { containers } } } }
}

/**
 * The pods of an ingress controller of an old version, and of one still older that somebody forgot when it was replaced, so that
 * there is something to be said of them. Nothing listens in them: the sandbox's gateway is a program of its own.
 */
export const controllers = (): Manifest[] => [
  namespaceOf(NAMESPACE),
  podsOf('ingress-nginx-controller', 'v1.11.2', 2, [...ARGS, '--enable-annotation-validation=true']),
  podsOf('ingress-nginx-forgotten', 'v1.6.4', 1, ARGS),
]
