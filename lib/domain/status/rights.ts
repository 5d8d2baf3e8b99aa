import type { AccessRule, ActionName, RightsStatus } from '@/lib/domain/model/status'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'

/** One right: a verb on a resource. */
type Need = readonly [verb: string, group: string, resource: string]

const NETWORK = 'networking.k8s.io'

/** What each action needs in the namespace of a release. Source: deploy/rbac.yaml; a test holds both together. */
const NEEDS: Readonly<Record<ActionName, readonly Need[]>> = {
  read: ['list', 'watch'].flatMap((verb): Need[] => [
    [verb, NETWORK, 'ingresses'],
    [verb, '', 'services'],
    [verb, '', 'pods'],
    [verb, 'apps', 'deployments'],
    [verb, 'discovery.k8s.io', 'endpointslices'],
  ]),
  weight: [
    ['get', NETWORK, 'ingresses'],
    ['patch', NETWORK, 'ingresses'],
  ],
  start: [
    ['get', NETWORK, 'ingresses'],
    ['list', 'apps', 'statefulsets'],
    ['list', 'policy', 'poddisruptionbudgets'],
    ['list', 'autoscaling', 'horizontalpodautoscalers'],
    ['create', 'apps', 'deployments'],
    ['create', '', 'services'],
    ['create', NETWORK, 'ingresses'],
  ],
  image: [
    ['patch', 'apps', 'deployments'],
    ['patch', NETWORK, 'ingresses'],
  ],
  remove: [
    ['delete', 'apps', 'deployments'],
    ['delete', '', 'services'],
    ['delete', NETWORK, 'ingresses'],
  ],
}

/** Verbs that name one object: only these can be allowed on some names. Source: Kubernetes, RBAC, "Referring to resources". */
const NAMED: ReadonlySet<string> = new Set(['get', 'patch', 'update', 'delete'])

/** Names of objects an action is allowed on; null: all. */
type Reach = readonly string[] | null

const has = (list: readonly string[], value: string) => list.includes('*') || list.includes(value)

function coversResource({ resources }: AccessRule, resource: string): boolean {
  const [, sub] = resource.split('/')
  return has(resources, resource) || (sub !== undefined && resources.includes(`*/${sub}`))
}

function reachOf(rules: readonly AccessRule[], [verb, group, resource]: Need): Reach {
  const fitting = rules.filter(
    rule => has(rule.verbs, verb) && has(rule.groups, group) && coversResource(rule, resource),
  )
  if (fitting.some(rule => rule.names.length === 0)) return null
  return NAMED.has(verb) ? [...new Set(fitting.flatMap(rule => rule.names))] : []
}

const both = (a: Reach, b: Reach): Reach =>
  a === null ? b : b === null ? a : a.filter(name => b.includes(name))

/** What of Halftone's actions some rules do not allow, or allow on some objects only. */
export function lackingOf(rules: readonly AccessRule[]): Pick<RightsStatus, 'missing' | 'limited'> {
  const reaches = actionNames.map(action => ({
    action,
    names: NEEDS[action].map(need => reachOf(rules, need)).reduce(both, null),
  }))
  return {
    missing: reaches.filter(({ names }) => names?.length === 0).map(({ action }) => action),
    limited: reaches.flatMap(({ action, names }) => (names?.length ? [{ action, names: [...names] }] : [])),
  }
}

const isAction = (name: string): name is ActionName => Object.hasOwn(NEEDS, name)

/** All actions, in the order in which they are told. */
export const actionNames: readonly ActionName[] = Object.keys(NEEDS).filter(isAction)

const words = (raw: unknown): string[] => itemsOf(raw).map(textOf)

/**
 * Reads the answer of a SelfSubjectRulesReview.
 * Source: authorization.k8s.io/v1, SubjectRulesReviewStatus. `incomplete`: an authorizer that cannot list its rules has a say, too.
 */
export function parseRules(review: unknown): { rules: AccessRule[]; isComplete: boolean } {
  const status = fieldsOf(fieldsOf(review).status)
  const rules = itemsOf(status.resourceRules).map(fieldsOf)
  return {
    rules: rules.map(rule => ({
      verbs: words(rule.verbs),
      groups: words(rule.apiGroups),
      resources: words(rule.resources),
      names: words(rule.resourceNames),
    })),
    isComplete: status.incomplete === false,
  }
}

/** Rights that are the same in several namespaces; `askedAt` is that of the one asked first. */
export type AlikeRights = RightsStatus & { namespaces: string[] }

/** Puts namespaces with the same rights together, in the order in which each is first met. */
export function alikeRights(all: readonly RightsStatus[]): AlikeRights[] {
  const groups = new Map<string, AlikeRights>()
  for (const each of all) {
    const { namespace, askedAt, ...said } = each
    const key = JSON.stringify(said)
    const group = groups.get(key) ?? { ...each, namespaces: [] }
    group.namespaces.push(namespace)
    if (askedAt < group.askedAt) group.askedAt = askedAt
    groups.set(key, group)
  }
  return [...groups.values()]
}
