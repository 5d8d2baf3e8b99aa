import type { Client } from '@/tests/cluster/rights/client'
import type { PolicyRule, RbacObject } from '@/tests/fixtures/rbac'

const RBAC = '/apis/rbac.authorization.k8s.io/v1'

/** Groups that every service account is in, whoever it is. */
const GROUPS = ['system:authenticated', 'system:serviceaccounts', 'system:serviceaccounts:halftone']

/** The rules that the cluster grants to every service account, read from its own bindings. */
export async function rulesForEverybody(admin: Client): Promise<PolicyRule[]> {
  const { items: bindings } = (await admin.ask('GET', `${RBAC}/clusterrolebindings`)).body as {
    items: RbacObject[]
  }
  const names = bindings
    .filter(({ subjects = [] }) =>
      subjects.some(({ kind, name }) => kind === 'Group' && GROUPS.includes(name)),
    )
    .map(({ roleRef }) => roleRef?.name)
  const roles = await Promise.all(
    [...new Set(names)].map(name => admin.ask('GET', `${RBAC}/clusterroles/${name}`)),
  )
  return roles.flatMap(({ body }) => [...((body as Partial<RbacObject>).rules ?? [])])
}
