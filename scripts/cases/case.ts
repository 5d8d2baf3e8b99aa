import { parseIngress } from '@/lib/domain/ingress'
import type { Ingress, ServicePort } from '@/lib/domain/model/ingress'

type CasePath = { path?: string | null; pathType?: string | null; service?: string | null }
type CaseRule = { host?: string | null; paths?: CasePath[] | null; noHttp?: boolean }

/** One Ingress of a case; `created` smaller is older; annotations without their prefix; `endpoints` 0 is none. */
export type CaseIngress = CaseRule & {
  name: string
  namespace?: string
  created?: number
  annotations?: Record<string, string> | null
  defaultBackend?: string | null
  extraRules?: CaseRule[] | null
  endpoints?: number
}

export type CaseRequest = {
  host: string
  path: string
  headers?: Record<string, string | string[]> | null
  cookies?: Record<string, string> | null
  affinityCookieFrom?: 'main' | 'canary'
  /** An affinity cookie of this name that the Service's backend has set ("service" or "service:port"). */
  affinityCookie?: { name: string; namespace?: string; service: string } | null
}

/**
 * One case of canary-cases.json (design: canary-semantics.md B).
 * `empty` are Services without endpoints, `missing` those that do not exist, both as "namespace/service".
 */
export type Case = {
  id: string
  main: CaseIngress | null
  canary: CaseIngress | null
  others?: CaseIngress[] | null
  empty?: string[]
  missing?: string[]
  request?: CaseRequest | null
  expect: {
    to?: string
    service?: string
    canaryRatio?: number
    setsAffinityCookie?: boolean
    parse?: Record<string, unknown>
    admission?: 'allow' | 'reject'
    controller?: string
  }
  since?: string
  until?: string
  controller?: { enableAnnotationValidation?: boolean } | null
}

export const NAMESPACE = 'ns'
const PREFIX = 'nginx.ingress.kubernetes.io/'
const CREATED = { main: 10, others: 15, canary: 20 } as const

/** The port a case names: "service" is its port 80, "service:port" a named one. */
export function portOf(service: string): ServicePort {
  const [name = '', port = '80'] = service.split(':')
  return { service: name, port }
}

function backendOf(written: string | null | undefined) {
  if (!written) return { resource: { apiGroup: 'example.com', kind: 'Bucket', name: 'bucket' } }
  const { service, port } = portOf(written)
  return { service: { name: service, port: port === '80' ? { number: 80 } : { name: port } } }
}

const ruleOf = ({ host, paths, noHttp }: CaseRule) => ({
  ...(host && { host }),
  ...(!noHttp && {
    http: {
      paths: (paths ?? []).map(({ path, pathType, service }) => ({
        ...(path && { path }),
        ...(pathType && { pathType }),
        backend: backendOf(service),
      })),
    },
  }),
})

/** The object as a cluster would hold it. Units: `created` counts seconds after an arbitrary moment. */
export function objectOf(one: CaseIngress, role: keyof typeof CREATED): object {
  const { name, namespace = NAMESPACE, created = CREATED[role], annotations, defaultBackend } = one
  const hasRule = one.noHttp || (one.paths ?? null) !== null || (one.host ?? '') !== ''
  const rules = [...(hasRule ? [one] : []), ...(one.extraRules ?? [])]
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace,
      uid: `${namespace}/${name}`,
      resourceVersion: '1',
      creationTimestamp: new Date(Date.UTC(2026, 0, 1) + created * 1000).toISOString().replace('.000Z', 'Z'),
      annotations: Object.fromEntries(
        Object.entries(annotations ?? {}).map(([key, text]) => [PREFIX + key, text]),
      ),
    },
    spec: {
      ingressClassName: 'nginx',
      ...(rules.length > 0 && { rules: rules.map(ruleOf) }),
      ...(defaultBackend && { defaultBackend: backendOf(defaultBackend) }),
    },
  }
}

/** All Ingresses of a case with what each names: main, canary, then the others. */
export function caseIngresses({ main, canary, others }: Case): { one: CaseIngress; ingress: Ingress }[] {
  const read = (one: CaseIngress, role: keyof typeof CREATED) => ({
    one,
    ingress: parseIngress(objectOf(one, role)),
  })
  return [
    ...(main ? [read(main, 'main')] : []),
    ...(canary ? [read(canary, 'canary')] : []),
    ...(others ?? []).map(one => read(one, 'others')),
  ]
}

const versionOf = (text: string): number => {
  const [major = 0, minor = 0] = text.split('.').map(Number)
  return major * 1000 + minor
}

/** Why a case says nothing about controller 1.15.1; null where it does. */
export function skipReason({ expect, since, until }: Case): string | null {
  if (expect.controller === 'panic') return 'the controller panics'
  if (until !== undefined && versionOf(until) < versionOf('1.15')) return `only up to version ${until}`
  if (since !== undefined && versionOf(since) > versionOf('1.15')) return `only from version ${since}`
  return null
}
