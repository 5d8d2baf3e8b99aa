import { isIP } from 'node:net'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import type { Draft, Fields, KubeObject } from '../object'
import type { Check } from './check'
import { portNameFaults, serviceNameFaults, subdomainFaults, wildcardFaults } from './names'
import { checkPort } from './port'

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
  else checkResource(check, `${field}.resource`, fieldsOf(resource))
}

function checkResource(check: Check, field: string, { apiGroup, kind, name }: Fields): void {
  if (apiGroup !== undefined) check.named(`${field}.apiGroup`, textOf(apiGroup), subdomainFaults)
  if (textOf(kind) === '') check.required(`${field}.kind`)
  if (textOf(name) === '') check.required(`${field}.name`)
}

function checkServiceBackend(check: Check, field: string, service: Fields): void {
  const name = textOf(service.name)
  const port = fieldsOf(service.port)
  if (name === '') check.required(`${field}.service.name`)
  else check.named(`${field}.service.name`, name, serviceNameFaults)
  const named = textOf(port.name) !== ''
  const numbered = port.number !== undefined && port.number !== 0
  if (named && numbered) check.invalid(field, '', 'cannot set both port name & port number')
  else if (!named && !numbered) check.required(field, 'port name or number is required')
  else if (named) check.named(`${field}.service.port.name`, textOf(port.name), portNameFaults)
  else checkPort(check, `${field}.service.port.number`, port.number)
}

function checkPath(check: Check, field: string, raw: unknown): void {
  const { path: rawPath, pathType, backend } = fieldsOf(raw)
  const path = textOf(rawPath)
  if (pathType === undefined) {
    check.required(`${field}.pathType`, 'pathType must be specified')
    return
  }
  if (pathType === 'ImplementationSpecific') {
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
  if (isIP(host)) check.invalid(field, host, 'must be a DNS name, not an IP address')
  check.named(field, host, nameRuleOf(host))
}

const nameRuleOf = (host: string) => (host.includes('*') ? wildcardFaults : subdomainFaults)

function checkRule(check: Check, at: string, { host, http }: Fields): void {
  checkHost(check, `${at}.host`, textOf(host))
  if (http === undefined || http === null) return
  const paths = itemsOf(fieldsOf(http).paths)
  if (paths.length === 0) check.required(`${at}.http.paths`)
  for (const [i, path] of paths.entries()) checkPath(check, `${at}.http.paths[${i}]`, path)
}

function checkTls(check: Check, at: string, { hosts, secretName }: Fields): void {
  for (const [i, host] of itemsOf(hosts).map(textOf).entries()) {
    check.named(`${at}.hosts[${i}]`, host, nameRuleOf(host))
  }
  const secret = textOf(secretName)
  if (secret !== '') check.named(`${at}.secretName`, secret, subdomainFaults)
}

function checkClass(check: Check, { metadata, spec }: Draft, isNew: boolean): void {
  const { ingressClassName } = fieldsOf(spec)
  const className = textOf(ingressClassName)
  const old = metadata.annotations?.[OLD_CLASS]
  if (isNew && old !== undefined && className !== '' && old !== className) {
    const why = 'must match `ingressClassName` when both are specified'
    check.invalid(`annotations.${OLD_CLASS}`, old, why)
  }
  if (ingressClassName !== undefined) check.named('spec.ingressClassName', className, subdomainFaults)
}

/** Checks an Ingress. Source: Kubernetes 1.34, pkg/apis/networking/validation/validation.go. */
export function checkIngress(check: Check, draft: Draft, before: KubeObject | undefined): void {
  const { rules, tls, defaultBackend } = fieldsOf(draft.spec)
  if (itemsOf(rules).length === 0 && defaultBackend === undefined) {
    check.invalid('spec', rules, 'either `defaultBackend` or `rules` must be specified')
  }
  if (defaultBackend !== undefined) checkBackend(check, 'spec.defaultBackend', defaultBackend)
  itemsOf(rules).forEach((raw, i) => void checkRule(check, `spec.rules[${i}]`, fieldsOf(raw)))
  itemsOf(tls).forEach((raw, i) => void checkTls(check, `spec.tls[${i}]`, fieldsOf(raw)))
  checkClass(check, draft, !before)
}
