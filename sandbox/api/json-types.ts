import { fieldsOf } from '@/lib/domain/raw'
import { jsonTypeOf, wrong } from './body'
import type { Kind } from './kinds'
import type { Draft } from './object'

/** Go's struct and type of a field, by its path without the places in lists. */
type GoFields = Readonly<Record<string, readonly [struct: string, type: string]>>

const CONTAINERS = 'spec.template.spec.containers'

/** The fields that people write by hand. Source: Kubernetes 1.34, api/{networking,core,apps}/v1/types.go. */
const FIELDS: Readonly<Record<string, GoFields>> = {
  Ingress: {
    'spec.ingressClassName': ['IngressSpec', 'string'],
    'spec.defaultBackend.service.name': ['IngressServiceBackend', 'string'],
    'spec.defaultBackend.service.port.name': ['ServiceBackendPort', 'string'],
    'spec.defaultBackend.service.port.number': ['ServiceBackendPort', 'int32'],
    'spec.rules': ['IngressSpec', '[]v1.IngressRule'],
    'spec.rules.host': ['IngressRule', 'string'],
    'spec.rules.http.paths': ['HTTPIngressRuleValue', '[]v1.HTTPIngressPath'],
    'spec.rules.http.paths.path': ['HTTPIngressPath', 'string'],
    'spec.rules.http.paths.pathType': ['HTTPIngressPath', 'v1.PathType'],
    'spec.rules.http.paths.backend.service.name': ['IngressServiceBackend', 'string'],
    'spec.rules.http.paths.backend.service.port.name': ['ServiceBackendPort', 'string'],
    'spec.rules.http.paths.backend.service.port.number': ['ServiceBackendPort', 'int32'],
  },
  Deployment: {
    'spec.replicas': ['DeploymentSpec', 'int32'],
    'spec.minReadySeconds': ['DeploymentSpec', 'int32'],
    'spec.template.spec.terminationGracePeriodSeconds': ['PodSpec', 'int64'],
    [CONTAINERS]: ['PodSpec', '[]v1.Container'],
    [`${CONTAINERS}.name`]: ['Container', 'string'],
    [`${CONTAINERS}.image`]: ['Container', 'string'],
    [`${CONTAINERS}.env.value`]: ['EnvVar', 'string'],
  },
  Service: {
    'spec.selector': ['ServiceSpec', 'map[string]string'],
    'spec.ports': ['ServiceSpec', '[]v1.ServicePort'],
    'spec.ports.name': ['ServicePort', 'string'],
    'spec.ports.port': ['ServicePort', 'int32'],
  },
}

function valuesAt(raw: unknown, [step, ...more]: readonly string[]): unknown[] {
  if (step === undefined) return [raw]
  if (Array.isArray(raw)) return raw.flatMap(each => valuesAt(each, [step, ...more]))
  return valuesAt(fieldsOf(raw)[step], more)
}

function fits(value: unknown, type: string): boolean {
  if (value === undefined) return true
  if (type.startsWith('[]')) return Array.isArray(value)
  if (type === 'string' || type === 'v1.PathType') return typeof value === 'string'
  if (type.startsWith('map')) return typeof value === 'object' && !Array.isArray(value)
  return Number.isInteger(value) && Math.abs(Number(value)) < (type === 'int32' ? 2 ** 31 : 2 ** 63)
}

/** What Go calls a value: a number that does not fit is told as it is. */
const shownOf = (value: unknown, type: string): string =>
  typeof value === 'number' && type.startsWith('int') ? `number ${value}` : jsonTypeOf(value)

/** Refuses values of another type than their field has. Errors: BadRequest, for the first of them. */
export function checkTypes(kind: Kind, draft: Draft): void {
  for (const [path, [struct, type]] of Object.entries(FIELDS[kind.kind] ?? {})) {
    const odd = valuesAt(draft, path.split('.')).find(value => !fits(value, type))
    if (odd === undefined) continue
    throw wrong(kind, `${shownOf(odd, type)} into Go struct field ${struct}.${path} of type ${type}`)
  }
}
