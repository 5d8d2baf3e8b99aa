import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RealCluster } from '@/tests/cluster/harness/cluster'
import { kubeconfigOf } from '@/tests/cluster/harness/pki'
import type { Client } from '@/tests/cluster/rights/client'
import { kubectl } from '@/tests/e2e/kubectl'
import { type RbacObject, rbacManifest } from '@/tests/fixtures/rbac'

/** IngressClasses belong to no namespace: this binding stays, as the comment in deploy/rbac.yaml says. */
const STAYS = 'halftone-classes'

const classesBindingOf = (namespace: string) => `${STAYS}-${namespace}`

/** Binds a new account in one namespace as the comment in deploy/rbac.yaml says; the kubeconfig calls it `halftone`. */
export async function bindInNamespace(
  cluster: RealCluster,
  admin: Client,
  namespace: string,
): Promise<{ kubeconfig: string; user: string }> {
  const account = { kind: 'ServiceAccount', name: 'halftone', namespace }
  const bindings = rbacManifest.flatMap((each): RbacObject[] => {
    if (each.kind !== 'ClusterRoleBinding') return []
    const bound = { ...each, subjects: [account] }
    return [
      each.metadata.name === STAYS
        ? { ...bound, metadata: { name: classesBindingOf(namespace) } }
        : { ...bound, kind: 'RoleBinding', metadata: { name: each.metadata.name, namespace } },
    ]
  })
  await kubectl(
    cluster.kubeconfig,
    ['apply', '-f', '-'],
    [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account.name, namespace } }, ...bindings],
  )
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account.name}/token`
  const { body } = await admin.ask('POST', path, { body: { spec: { expirationSeconds: 3_600 } } })
  const { token } = body.status as { token: string }
  const folder = join(cluster.folder, 'rights')
  mkdirSync(folder, { recursive: true })
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(cluster.ca, cluster.apiUrl, { halftone: { token } })))
  return { kubeconfig, user: `system:serviceaccount:${namespace}:${account.name}` }
}

/** Takes away what does not go with the namespace. */
export async function unbind({ kubeconfig }: RealCluster, namespace: string): Promise<void> {
  await kubectl(kubeconfig, [
    'delete',
    '--ignore-not-found',
    'clusterrolebinding',
    classesBindingOf(namespace),
  ])
}
