import { isIP } from 'node:net'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import type { Draft, Fields, KubeObject } from '../object'
import { type Check, serviceNameFault, subdomainFault, wildcardFault } from './check'
import { checkPort, checkPortName } from './port'

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix']
const SEQUENCES = ['//', '/./', '/../', '%2f', '%2F']
const ENDINGS = ['/..', '/.']
const OLD_CLASS = 'kubernetes.io/ingress.class'

function checkBackend(check: Check, field: string, raw: unknown): void {
  const { service, resource } = fieldsOf(raw)
  if (service === undefined && resource === undefined) {
    check.invalid(field, '', 'resource or service backend is required')
  } else if (service !== undefined && resource !== undefined) {
    check.invalid(field, '', 'cannot set both resource and service backends')
  } else if (service !== undefined) checkServiceBackend(check, field, fieldsOf(service))
}

function checkServiceBackend(check: Check, field: string, service: Fields): void {
  const name = textOf(service.name)
  const port = fieldsOf(service.port)
  const fault = serviceNameFault(name)
  if (name === '') check.required(`${field}.service.name`)
  else if (fault) check.invalid(`${field}.service.name`, name, fault)
  const named = textOf(port.name) !== ''
  const numbered = port.number !== undefined && port.number !== 0
  if (named && numbered) check.invalid(field, '', 'cannot set both port name & port number')
  else if (!named && !numbered) check.required(field, 'port name or number is required')
  else if (named) checkPortName(check, `${field}.service.port.name`, textOf(port.name))
  else checkPort(check, `${field}.service.port.number`, port.number)
}

function checkPath(check: Check, field: string, raw: unknown): void {
  const { path: rawPath, pathType, backend } = fieldsOf(raw)
  const path = textOf(rawPath)
  if (pathType === undefined || pathType === null)
    check.required(`${field}.pathType`, 'pathType must be specified')
  else if (pathType === 'ImplementationSpecific') {
    if (path !== '' && !path.startsWith('/')) check.invalid(`${field}.path`, path, 'must be an absolute path')
  } else if (!PATH_TYPES.includes(textOf(pathType)))
    check.unsupported(`${field}.pathType`, pathType, PATH_TYPES)
  else {
    if (!path.startsWith('/')) check.invalid(`${field}.path`, path, 'must be an absolute path')
    for (const bad of SEQUENCES) {
      if (path.includes(bad)) check.invalid(`${field}.path`, path, `must not contain '${bad}'`)
    }
    for (const bad of ENDINGS) {
      if (path.endsWith(bad)) check.invalid(`${field}.path`, path, `cannot end with '${bad}'`)
    }
  }
  checkBackend(check, `${field}.backend`, backend)
}

function checkHost(check: Check, field: string, host: string): void {
  if (host === '') return
  if (isIP(host)) return void check.invalid(field, host, 'must be a DNS name, not an IP address')
  const fault = host.includes('*') ? wildcardFault(host) : subdomainFault(host)
  if (fault) check.invalid(field, host, fault)
}

function checkSecret(check: Check, field: string, name: string): void {
  const fault = name === '' ? undefined : subdomainFault(name)
  if (fault) check.invalid(field, name, fault)
}

/** Checks an Ingress. Source: Kubernetes 1.34, pkg/apis/networking/validation/validation.go. */
export function checkIngress(check: Check, draft: Draft, before: KubeObject | undefined): void {
  const spec = fieldsOf(draft.spec)
  const rules = itemsOf(spec.rules)
  if (rules.length === 0 && spec.defaultBackend === undefined) {
    check.invalid('spec', spec.rules, 'either `defaultBackend` or `rules` must be specified')
  }
  if (spec.defaultBackend !== undefined) checkBackend(check, 'spec.defaultBackend', spec.defaultBackend)
  itemsOf(spec.tls).forEach((raw, i) => {
    checkSecret(check, `spec.tls[${i}].secretName`, textOf(fieldsOf(raw).secretName))
  })
  const className = textOf(spec.ingressClassName)
  const fault = className === '' ? undefined : subdomainFault(className)
  if (fault) check.invalid('spec.ingressClassName', className, fault)
  const old = draft.metadata.annotations?.[OLD_CLASS]
  if (!before && old !== undefined && className !== '' && old !== className) {
    const why = 'must match `ingressClassName` when both are specified'
    check.invalid(`annotations.${OLD_CLASS}`, old, why)
  }
  rules.forEach((raw, i) => {
    const { host, http } = fieldsOf(raw)
    checkHost(check, `spec.rules[${i}].host`, textOf(host))
    if (http === undefined || http === null) return
    const paths = itemsOf(fieldsOf(http).paths)
    if (paths.length === 0) check.required(`spec.rules[${i}].http.paths`)
    for (const [j, path] of paths.entries()) checkPath(check, `spec.rules[${i}].http.paths[${j}]`, path)
  })
}
