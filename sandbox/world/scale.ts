import { deploymentOf, type Manifest, namespaceOf, serviceOf } from './objects'
import { referenceWorld, releaseManifests } from './reference'

const PODS_EACH = 50
const DEPLOYMENTS_EACH = 10

/** Pods whose template carries this are objects only: nothing listens and nothing starts. */
export const NO_SOCKET = 'halftone.dev/no-socket'

const variables = Object.fromEntries(
  Array.from({ length: 40 }, (_, i) => [
    `SETTING_${i}_CONNECTION_STRING`,
    `postgres://service-account-${i}@database-${i}.internal.example.svc.cluster.local:5432/application?sslmode=verify-full`,
  ]),
)

const mounts = Array.from({ length: 12 }, (_, i) => ({
  name: `configuration-${i}`,
  mountPath: `/etc/application/configuration-${i}`,
  readOnly: true,
}))

const volumes = mounts.map(({ name }) => ({
  name,
  projected: {
    defaultMode: 420,
    sources: [
      { configMap: { name, items: [{ key: 'settings.yaml', path: 'settings.yaml' }] } },
      { secret: { name: `${name}-credentials`, items: [{ key: 'token', path: 'token' }] } },
    ],
  },
}))

const probe = {
  httpGet: { path: '/healthz', port: 80, scheme: 'HTTP' },
  initialDelaySeconds: 5,
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
}

function heavyDeployment(namespace: string, name: string, replicas: number): Manifest {
  const light = deploymentOf({
    namespace,
    name,
    image: `registry.example.internal:5000/platform/${name}:v1`,
    replicas,
    env: variables,
    podAnnotations: { [NO_SOCKET]: 'true', 'prometheus.io/scrape': 'true', 'prometheus.io/port': '80' },
  })
  const { template } = light.spec
  const containers = template.spec.containers.map(container => ({
    ...container,
    volumeMounts: mounts,
    readinessProbe: probe,
    livenessProbe: probe,
    resources: { limits: { cpu: '500m', memory: '512Mi' }, requests: { cpu: '50m', memory: '128Mi' } },
  }))
  return { ...light, spec: { ...light.spec, template: { ...template, spec: { containers, volumes } } } }
}

/**
 * The reference world with its release, and `pods` more pods of real size that open no socket.
 * Limits: fifty pods a Deployment, ten Deployments a namespace.
 */
export function scaleWorld(pods: number): Manifest[] {
  const crowd: Manifest[] = []
  for (let made = 0, i = 0; made < pods; made += PODS_EACH, i++) {
    const namespace = `scale-${Math.floor(i / DEPLOYMENTS_EACH)}`
    if (i % DEPLOYMENTS_EACH === 0) crowd.push(namespaceOf(namespace))
    crowd.push(heavyDeployment(namespace, `crowd-${i}`, Math.min(PODS_EACH, pods - made)))
    crowd.push(serviceOf(namespace, `crowd-${i}`, `crowd-${i}`))
  }
  return [...referenceWorld(), ...releaseManifests(), ...crowd]
}
