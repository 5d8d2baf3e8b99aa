import type { Client } from '@/tests/cluster/rights/client'

/** A call that needs exactly this permission, as in `permissionsOf`. */
export type Wish = { permission: string; method: string; path: string }

type Served = { resource: string; scope: string; subresources?: { subresource: string }[] }
type Discovery = {
  items: { metadata: { name?: string }; versions: { version: string; resources: Served[] }[] }[]
}

const AGGREGATED = 'application/json;v=v2;g=apidiscovery.k8s.io;as=APIGroupDiscoveryList'

/** Verb of RBAC → method of HTTP, and whether an object is named. Source: apiserver's RequestInfoFactory. */
const VERBS = [
  ['get', 'GET', 'named'],
  ['list', 'GET', 'all'],
  ['watch', 'GET', 'all'],
  ['create', 'POST', 'all'],
  ['update', 'PUT', 'named'],
  ['patch', 'PATCH', 'named'],
  ['delete', 'DELETE', 'named'],
  ['deletecollection', 'DELETE', 'all'],
] as const

/** Every verb on one resource; a subresource always belongs to a named object. */
function wishesFor(root: string, group: string, { resource, scope, subresources = [] }: Served): Wish[] {
  const place = scope === 'Namespaced' ? `${root}/namespaces/default` : root
  const own = VERBS.map(([verb, method, of]) => ({
    permission: `${verb} ${group}/${resource}`,
    method,
    path: `${place}/${resource}${of === 'named' ? '/x' : ''}${verb === 'watch' ? '?watch=true' : ''}`,
  }))
  const below = subresources.flatMap(({ subresource }) =>
    VERBS.filter(([verb, , of]) => of === 'named' || verb === 'create').map(([verb, method]) => ({
      permission: `${verb} ${group}/${resource}/${subresource}`,
      method,
      path: `${place}/${resource}/x/${subresource}`,
    })),
  )
  return [...own, ...below]
}

/** Every verb on everything that the API server serves, subresources too, in every version. */
export async function allWishes(admin: Client): Promise<Wish[]> {
  const answers = await Promise.all(
    ['/api', '/apis'].map(root => admin.ask('GET', root, { headers: { accept: AGGREGATED } })),
  )
  return answers.flatMap(({ body }) =>
    (body as Discovery).items.flatMap(({ metadata: { name = '' }, versions }) =>
      versions.flatMap(({ version, resources }) =>
        resources.flatMap(each =>
          wishesFor(name ? `/apis/${name}/${version}` : `/api/${version}`, name, each),
        ),
      ),
    ),
  )
}

/** Those that the API server did not answer with 403. */
export async function grantedAmong(client: Client, wishes: readonly Wish[]): Promise<string[]> {
  const answers = await Promise.all(wishes.map(({ method, path }) => client.ask(method, path)))
  return wishes.flatMap(({ permission }, at) => {
    const status = answers[at]?.status
    return status === 403 ? [] : [`${permission}: ${status}`]
  })
}

/** Some of what must be among the wishes, so that the list of them cannot be short without being noticed. */
export const OUT_OF_REACH = [
  'get /secrets',
  'list /configmaps',
  'get /pods',
  'get /pods/log',
  'create /pods/exec',
  'get /nodes/proxy',
  'list /namespaces',
  'create /events',
  'create /serviceaccounts/token',
  'get apps/deployments',
  'update apps/deployments',
  'patch apps/deployments/scale',
  'deletecollection apps/deployments',
  'watch apps/statefulsets',
  'create apps/statefulsets',
  'delete apps/replicasets',
  'patch /services',
  'delete /pods',
  'update networking.k8s.io/ingresses',
  'deletecollection networking.k8s.io/ingresses',
  'patch networking.k8s.io/ingresses/status',
  'create rbac.authorization.k8s.io/rolebindings',
  'create authentication.k8s.io/tokenreviews',
  'create authorization.k8s.io/subjectaccessreviews',
]
