import { type Case, type CaseIngress, type CaseRequest, NAMESPACE, portOf } from '@/scripts/cases/case'

/** What happens to one Ingress: other annotations; null, and it is gone. */
export type Change = { name: string; annotations: Record<string, string> | null }

/**
 * A corner of a cluster and what is asked of it, in the words of a case.
 * `ordinary` and `canaries` are meant as such; what the controller takes them for is the question.
 * `empty` are Services without endpoints, `missing` those that do not exist, both as "namespace/service".
 * `changes` come after everything has been asked, which is then asked again.
 */
export type World = {
  ordinary: CaseIngress[]
  canaries: CaseIngress[]
  empty: string[]
  missing: string[]
  requests: CaseRequest[]
  changes?: Change[]
}

/** A Service of a world and how it stands: with endpoints, without, or not at all. */
export type Standing = { namespace: string; service: string; state: 'ready' | 'empty' | 'missing' }

export const ingressesOf = ({ ordinary, canaries }: World): CaseIngress[] => [...ordinary, ...canaries]

/** The Services an Ingress names, as a case writes them: paths in their order, then the default backend. */
export const namedBy = ({ paths, extraRules, defaultBackend }: CaseIngress): string[] =>
  [
    ...[{ paths }, ...(extraRules ?? [])].flatMap(rule => rule.paths ?? []).map(({ service }) => service),
    defaultBackend,
  ].flatMap(written => (written ? [portOf(written).service] : []))

/** A host with a path on it, as an Ingress writes them. */
export type Place = { host: string; path: string; pathType: string | null }

/** Every place an Ingress names, rule by rule. */
export const placesIn = ({ host, paths, extraRules }: CaseIngress): Place[] =>
  [{ host, paths }, ...(extraRules ?? [])].flatMap(rule =>
    (rule.paths ?? []).map(({ path, pathType }) => ({
      host: rule.host ?? '',
      path: path ?? '',
      pathType: pathType ?? null,
    })),
  )

/** Every Service a world's Ingresses name; one that an Ingress without endpoints names is empty for all. */
export function standingsOf(world: World): Standing[] {
  const found = new Map<string, Standing>()
  for (const one of ingressesOf(world)) {
    const { namespace = NAMESPACE, endpoints = 1 } = one
    for (const service of namedBy(one)) {
      const key = `${namespace}/${service}`
      const isEmpty = endpoints === 0 || world.empty.includes(key) || found.get(key)?.state === 'empty'
      const state = world.missing.includes(key) ? 'missing' : isEmpty ? 'empty' : 'ready'
      found.set(key, { namespace, service, state })
    }
  }
  return [...found.values()]
}

/** Ingresses of a world by age, oldest first. */
export function layersOf({ ordinary, canaries }: World): Map<number, CaseIngress[]> {
  const layers = new Map<number, CaseIngress[]>()
  for (const one of [...ordinary, ...canaries]) {
    const { created = 0 } = one
    layers.set(created, [...(layers.get(created) ?? []), one])
  }
  return layers
}

/** A world that asks what one case asks. */
export const worldOf = ({ main, canary, others, empty, missing, request }: Case): World => ({
  ordinary: main ? [{ created: 10, ...main }] : [],
  canaries: [
    ...(canary ? [{ created: 20, ...canary }] : []),
    ...(others ?? []).map(one => ({ created: 15, ...one })),
  ],
  empty: empty ?? [],
  missing: missing ?? [],
  requests: request ? [request] : [],
})

/** One request of a world as a case of its own, which expects that answer. */
export function caseOf(world: World, answer: string, id: string): Case {
  const { ordinary, canaries, empty, missing, requests } = world
  const [main = null, ...moreOrdinary] = ordinary
  const [canary = null, ...moreCanaries] = canaries
  const others = [...moreOrdinary, ...moreCanaries]
  const [to = ''] = answer.split(' ')
  const cookie = answer.includes(' cookie')
  const expect = /^\d+$/.test(to) ? { to } : { to: 'service', service: to.replace(/^.*\//, '') }
  return {
    id,
    main,
    canary,
    ...(others.length > 0 && { others }),
    ...(empty.length > 0 && { empty }),
    ...(missing.length > 0 && { missing }),
    request: requests[0] ?? null,
    expect: { ...expect, ...(cookie && { setsAffinityCookie: true }) },
  }
}
