import { comparedType } from '@/lib/domain/backend'
import { whyDead } from '@/lib/domain/dead-finding'
import { findingOf } from '@/lib/domain/finding'
import { isActive, pathAt, type Subject } from '@/lib/domain/lint/subject'
import type { Finding } from '@/lib/domain/model/release'
import type { CanaryPath, OrdinaryPath } from '@/lib/domain/model/routing'

const TOLD = 3

const placeOf = (path: Pick<CanaryPath, 'host' | 'path' | 'pathType'>): string =>
  `${path.host}${path.path} (${comparedType(path)})`

/** Ordinary paths that the canary acts on and does not name, each once. */
function beyond({ paths, live }: Subject): OrdinaryPath[] {
  const own = new Set(paths.filter(({ where }) => where !== 'spec.defaultBackend').map(placeOf))
  const reached = new Set(live.flatMap(({ reaches }) => reaches))
  return [...reached].filter(path => !own.has(placeOf(path)))
}

function leaks(subject: Subject): Finding[] {
  const further = beyond(subject)
  const [first] = further
  const path = subject.live.find(({ reaches }) => first && reaches.includes(first))
  if (!first || !path) return []
  const told = further.slice(0, TOLD).map(placeOf)
  const targets = `${told.join(', ')}${further.length > TOLD ? ` … (${further.length})` : ''}`
  const params = { targets, count: further.length, service: first.backend.service }
  return [findingOf('L06', pathAt(path), params, isActive(subject) ? 'error' : 'warning')]
}

/** A default backend is wrong whatever came of it; where it is dead by itself, that has been said. */
const defaultBackend = ({ canary, paths }: Subject): Finding[] =>
  paths
    .filter(path => path.where === 'spec.defaultBackend' && whyDead(path) !== 'L03')
    .map(path => findingOf('L03', pathAt(path), { canary: canary.name }))

/** Of the same second the greater name counts as the older one. Source: store.go sortIngressSlice. */
function isOlder({ canary }: Subject, { ingress }: OrdinaryPath): boolean {
  const lead = ingress.createdAtMs - canary.createdAtMs
  const idOf = ({ namespace, name }: { namespace: string; name: string }) => `${namespace}/${name}`
  return lead === 0 ? idOf(canary) > idOf(ingress) : lead > 0
}

function ageHazard(subject: Subject): Finding[] {
  const { canary, live } = subject
  const partner = live.map(path => path.partner).find(each => each && isOlder(subject, each))
  if (!partner) return []
  const params = { canary: canary.name, ingress: partner.ingress.name }
  return [findingOf('L09', `${canary.namespace}/${canary.name} metadata.creationTimestamp`, params)]
}

function otherNamespace({ canary, live }: Subject): Finding[] {
  const path = live.find(({ partner }) => partner && partner.ingress.namespace !== canary.namespace)
  if (!path?.partner) return []
  const { namespace, name } = path.partner.ingress
  const params = { namespace: canary.namespace, partnerNamespace: namespace, ingress: name }
  return [findingOf('L32', pathAt(path), params)]
}

/** L03, L06, L09 and L32: on what a live canary acts, and beside whom. */
export const reachFindings = (subject: Subject): Finding[] => [
  ...defaultBackend(subject),
  ...leaks(subject),
  ...ageHazard(subject),
  ...otherNamespace(subject),
]
