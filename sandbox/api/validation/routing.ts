import { isIP } from 'node:net'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import type { Draft, Fields } from '../object'
import { type Check, labelFault, serviceNameFault, subdomainFault } from './check'
import { checkPort } from './workload'

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix']
const SEQUENCES = ['//', '/./', '/../', '%2f', '%2F']
const ENDINGS = ['/..', '/.']

/** Checks a Service: its ports. */
export function checkService(check: Check, draft: Draft): void {
  const spec = fieldsOf(draft.spec)
  const ports = itemsOf(spec.ports).map(fieldsOf)
  if (ports.length === 0 && spec.type !== 'ExternalName' && spec.clusterIP !== 'None')
    check.required('spec.ports')
  const names = new Set<string>()
  ports.forEach((port, i) => {
    const at = `spec.ports[${i}]`
    const name = textOf(port.name)
    checkPort(check, `${at}.port`, port.port)
    if (typeof port.targetPort !== 'string') checkPort(check, `${at}.targetPort`, port.targetPort)
    const fault = name === '' ? undefined : labelFault(name)
    if (name === '' && ports.length > 1) check.required(`${at}.name`)
    else if (fault) check.invalid(`${at}.name`, name, fault)
    else if (names.has(name)) check.duplicate(`${at}.name`, name)
    names.add(name)
  })
}

function checkBackend(check: Check, field: string, raw: unknown): void {
  const { service, resource } = fieldsOf(raw)
  if (service === undefined && resource === undefined) {
    check.required(field, 'must set one of resource and service backends')
  } else if (service !== undefined && resource !== undefined) {
    check.invalid(field, '', 'cannot set both resource and service backends')
  } else if (service !== undefined) checkServiceBackend(check, `${field}.service`, fieldsOf(service))
}

function checkServiceBackend(check: Check, field: string, service: Fields): void {
  const name = textOf(service.name)
  const port = fieldsOf(service.port)
  const fault = serviceNameFault(name)
  if (name === '') check.required(`${field}.name`)
  else if (fault) check.invalid(`${field}.name`, name, fault)
  const named = textOf(port.name) !== ''
  const numbered = port.number !== undefined && port.number !== 0
  if (named && numbered) check.invalid(field, '', 'cannot set both port name & port number')
  else if (!named && !numbered) check.required(field, 'port name or number is required')
  else if (numbered) checkPort(check, `${field}.port.number`, port.number)
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
  const fault = subdomainFault(host.startsWith('*.') ? host.slice(2) : host)
  if (fault) check.invalid(field, host, fault)
}

/** Checks an Ingress. Source: Kubernetes 1.34, pkg/apis/networking/validation/validation.go. */
export function checkIngress(check: Check, draft: Draft): void {
  const spec = fieldsOf(draft.spec)
  const rules = itemsOf(spec.rules)
  if (rules.length === 0 && spec.defaultBackend === undefined) {
    check.invalid('spec', rules, 'either `defaultBackend` or `rules` must be specified')
  }
  if (spec.defaultBackend !== undefined) checkBackend(check, 'spec.defaultBackend', spec.defaultBackend)
  const className = textOf(spec.ingressClassName)
  const fault = className === '' ? undefined : subdomainFault(className)
  if (fault) check.invalid('spec.ingressClassName', className, fault)
  rules.forEach((raw, i) => {
    const { host, http } = fieldsOf(raw)
    checkHost(check, `spec.rules[${i}].host`, textOf(host))
    if (http === undefined || http === null) return
    const paths = itemsOf(fieldsOf(http).paths)
    if (paths.length === 0) check.required(`spec.rules[${i}].http.paths`)
    for (const [j, path] of paths.entries()) checkPath(check, `spec.rules[${i}].http.paths[${j}]`, path)
  })
}

/** Checks an EndpointSlice. Limits: loopback addresses are allowed here, unlike in the real API server. */
export function checkEndpointSlice(check: Check, draft: Draft): void {
  const type = textOf(draft.addressType)
  if (type === '') check.required('addressType')
  else if (!['IPv4', 'IPv6', 'FQDN'].includes(type))
    check.unsupported('addressType', type, ['FQDN', 'IPv4', 'IPv6'])
  itemsOf(draft.endpoints).forEach((raw, i) => {
    const addresses = itemsOf(fieldsOf(raw).addresses)
    if (addresses.length === 0) check.required(`endpoints[${i}].addresses`)
    addresses.forEach((address, j) => {
      const version = isIP(textOf(address))
      const fits = type === 'FQDN' || (type === 'IPv6' ? version === 6 : version === 4)
      if (!fits) check.invalid(`endpoints[${i}].addresses[${j}]`, address, `must be a valid ${type} address`)
    })
  })
}
