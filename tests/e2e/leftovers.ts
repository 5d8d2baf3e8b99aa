import { Behind } from '@/tests/e2e/behind'
import { kubectl, kubectlPath } from '@/tests/e2e/kubectl'

const NAMESPACE = 'default'
const APPS = ['user', 'pay'] as const

const groups = {
  Ingress: { apiVersion: 'networking.k8s.io/v1', path: '/apis/networking.k8s.io/v1', plural: 'ingresses' },
  Service: { apiVersion: 'v1', path: '/api/v1', plural: 'services' },
  Deployment: { apiVersion: 'apps/v1', path: '/apis/apps/v1', plural: 'deployments' },
} as const

const made = (kind: keyof typeof groups, name: string) => ({ kind, name })

/** All that releases of the reference world can have made, canary Ingresses first. */
const LEFTOVERS = [
  made('Ingress', 'tutorial-canary'),
  ...APPS.map(app => made('Ingress', `${app}-canary`)),
  ...APPS.map(app => made('Service', `service-${app}-v2`)),
  ...APPS.map(app => made('Deployment', `${app}-v2`)),
]

/** The same as objects that `kubectl delete -f` reads. */
export const leftovers = LEFTOVERS.map(({ kind, name }) => ({
  apiVersion: groups[kind].apiVersion,
  kind,
  metadata: { name, namespace: NAMESPACE },
}))

/** Takes away all that releases have made, with their pods: the world is as it began. */
export async function clearAway(kubeconfig: string): Promise<void> {
  if (kubectlPath) {
    await kubectl(kubeconfig, ['delete', '--ignore-not-found', '--cascade=foreground', '-f', '-'], leftovers)
    return
  }
  const behind = new Behind(kubeconfig)
  for (const { kind, name } of LEFTOVERS) {
    const { path, plural } = groups[kind]
    await behind.removeWhole(`${path}/namespaces/${NAMESPACE}/${plural}/${name}`)
  }
}
