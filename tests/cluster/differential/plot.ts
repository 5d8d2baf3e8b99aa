import { affinityText } from '@/lib/domain/affinity-cookie'
import { backendKey } from '@/lib/domain/backend'
import { fieldsOf, itemsOf, textOf as stringOf, textsOf } from '@/lib/domain/raw'
import { type CaseIngress, type CaseRequest, NAMESPACE, objectOf, portOf } from '@/scripts/cases/case'
import { textOf } from '@/scripts/cases/request'
import type { Service } from '@/tests/cluster/differential/endpoints'
import { type Standing, standingsOf, type World } from '@/tests/cluster/differential/world'

/**
 * The ground a world stands on: what all its names carry so that no other world has them.
 * `namespace` begins its namespaces, `mark` its objects, and every host ends in it. A Service's name says how it stands,
 * so that the next world on the same ground finds those it needs.
 */
export type Plot = { namespace: string; mark: string; standings: ReadonlyMap<string, Standing> }

/** How a gateway writes the affinity cookie of a backend. */
export type AffinityText = (key: string) => string

/** The sandbox writes it plain. */
export const plainText: AffinityText = key => affinityText('node', key)

export const plotFor = (world: World, { namespace, slot }: { namespace: string; slot: number }): Plot => ({
  namespace,
  mark: `w${String(slot).padStart(3, '0')}`,
  standings: new Map(standingsOf(world).map(each => [`${each.namespace}/${each.service}`, each])),
})

export const namespaceIn = ({ namespace }: Plot, of = NAMESPACE): string => `${namespace}-${of}`
const nameIn = ({ mark }: Plot, name: string): string => `${mark}-${name}`

function serviceIn(plot: Plot, service: string, namespace = NAMESPACE): string {
  const state = plot.standings.get(`${namespace}/${service}`)?.state ?? 'missing'
  return `${nameIn(plot, service)}-${state}`
}

/** The controller's name for the backend of a Service's port. */
export function backendNameIn(plot: Plot, written: string, namespace?: string): string {
  const { service, port } = portOf(written)
  return backendKey(namespaceIn(plot, namespace), { service: serviceIn(plot, service, namespace), port })
}

/** The Services of a world that exist. */
export const servicesOn = (plot: Plot): Service[] =>
  [...plot.standings.values()]
    .filter(({ state }) => state !== 'missing')
    .map(({ namespace, service, state }) => ({
      namespace: namespaceIn(plot, namespace),
      name: serviceIn(plot, service, namespace),
      ready: state === 'ready',
    }))

/** The host with the plot's own end, before the port where it has one. */
const hostIn = ({ namespace, mark }: Plot, host: string): string =>
  host === '' ? '' : host.replace(/(:\d*)?$/, `.${mark}.${namespace}.test$1`)

/** By this an Ingress is known as one of ours. */
export const LABEL = 'halftone-differential'

const ALIAS = 'nginx.ingress.kubernetes.io/server-alias'

type Ground = { plot: Plot; namespace: string | undefined }

function backendIn({ plot, namespace }: Ground, raw: unknown): object {
  const backend = fieldsOf(raw)
  const service = fieldsOf(backend.service)
  if (backend.service === undefined) return backend
  return { service: { ...service, name: serviceIn(plot, stringOf(service.name), namespace) } }
}

function ruleIn(ground: Ground, raw: unknown): object {
  const { host, http } = fieldsOf(raw)
  const paths = itemsOf(fieldsOf(http).paths).map(fieldsOf)
  const placed = paths.map(({ backend, pathType = 'ImplementationSpecific', ...path }) => ({
    ...path,
    pathType,
    backend: backendIn(ground, backend),
  }))
  return {
    ...(stringOf(host) !== '' && { host: hostIn(ground.plot, stringOf(host)) }),
    ...(http !== undefined && { http: { paths: placed } }),
  }
}

/** Aliases are hosts too. */
function annotationsIn(plot: Plot, { [ALIAS]: aliases, ...annotations }: Readonly<Record<string, string>>) {
  if (aliases === undefined) return annotations
  const placed = aliases.split(',').map(alias => hostIn(plot, alias.trim()))
  return { ...annotations, [ALIAS]: placed.join(',') }
}

const hasPaths = (rule: unknown): boolean => {
  const { http } = fieldsOf(rule)
  return http === undefined || itemsOf(fieldsOf(http).paths).length > 0
}

/** An Ingress of the world as it is created on its plot; a path without type gets the only one that means the same. */
export function manifestIn(plot: Plot, one: CaseIngress): object {
  const { metadata, spec, ...object } = fieldsOf(objectOf(one, 'main'))
  const annotations = annotationsIn(plot, textsOf(fieldsOf(metadata).annotations))
  const { rules, defaultBackend, ...rest } = fieldsOf(spec)
  const placed = itemsOf(rules).filter(hasPaths)
  const ground = { plot, namespace: one.namespace }
  return {
    ...object,
    metadata: {
      name: nameIn(plot, one.name),
      namespace: namespaceIn(plot, one.namespace),
      labels: { [LABEL]: 'true' },
      annotations,
    },
    spec: {
      ...rest,
      ...(placed.length > 0 && { rules: placed.map(rule => ruleIn(ground, rule)) }),
      ...(defaultBackend !== undefined && { defaultBackend: backendIn(ground, defaultBackend) }),
    },
  }
}

/** Where the Ingress of that name stands in the API. */
export const pathIn = (plot: Plot, { name, namespace }: Pick<CaseIngress, 'name' | 'namespace'>): string =>
  `/apis/networking.k8s.io/v1/namespaces/${namespaceIn(plot, namespace)}/ingresses/${nameIn(plot, name)}`

/** A request of the world as it goes over the wire. */
export function requestIn(plot: Plot, request: CaseRequest, cookieText: AffinityText): string {
  const placed = { ...request, host: hostIn(plot, request.host) }
  if (!request.affinityCookie) return textOf(placed)
  const { name, namespace, service: written } = request.affinityCookie
  return textOf(placed, { cookie: `${name}=${cookieText(backendNameIn(plot, written, namespace))}` })
}

/** An answer in the words of its world: what came from the plot without its marks, anything else as it is. */
export function answerIn({ namespace, mark }: Plot, answer: string): string {
  const [, of, service, rest = ''] =
    new RegExp(`^${namespace}-([^/]*)/${mark}-(\\S*)-ready( .*)?$`).exec(answer) ?? []
  return service === undefined ? answer : `${of}/${service}${rest}`
}
