import { affinityOf } from '@/lib/domain/annotation'
import { findingOf } from '@/lib/domain/finding'
import { annotationAt, isActive, pathAt, type Subject, written } from '@/lib/domain/lint/subject'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Finding } from '@/lib/domain/model/release'

const DAY_MS = 86_400_000

/** The ordinary Ingress that pins users, with the cookie it does so by; null where none does. */
function pinning({ live }: Subject): { ingress: Ingress; cookie: string } | null {
  for (const { reaches, partner } of live) {
    for (const { ingress } of [...reaches, ...(partner ? [partner] : [])]) {
      const cookie = affinityOf(ingress)?.cookieName
      if (cookie !== undefined) return { ingress, cookie }
    }
  }
  return null
}

function pinned(subject: Subject): Finding[] {
  const { canary, release } = subject
  const by = pinning(subject)
  if (!by) return []
  const params = { ingress: by.ingress.name, cookie: by.cookie }
  if (release.affinity === 'sticky') {
    return [findingOf('L24', annotationAt(by.ingress, 'affinity'), params), ...usedBefore(subject, params)]
  }
  const isHeld = release.affinity === 'legacy' && isActive(subject)
  return isHeld ? [findingOf('L25', annotationAt(canary, 'affinity-canary-behavior'), params)] : []
}

/** Objects do not tell what a Service was used for; one that is older than its canary may have been used before. */
function usedBefore({ canary, live, service }: Subject, { ingress }: { ingress: string }): Finding[] {
  const path = live.find(({ backend }) => {
    const createdAtMs = (backend && service(canary.namespace, backend.service)?.createdAtMs) || 0
    return createdAtMs > 0 && canary.createdAtMs - createdAtMs > DAY_MS
  })
  if (!path?.backend) return []
  return [findingOf('L48', pathAt(path), { service: path.backend.service, ingress })]
}

/** Hashing, or affinity wished for on the canary itself, beside a weight that draws. */
function stickinessWished({ canary, live, release, setting }: Subject): Finding[] {
  const { weight, weightTotal, affinity } = release
  if (weight <= 0 || weight >= weightTotal || affinity !== 'none' || setting.behavior === 'legacy') return []
  const ordinary = live.flatMap(({ partner }) => (partner ? [partner.ingress] : []))
  for (const key of ['affinity', 'upstream-hash-by']) {
    const by = [canary, ...ordinary].find(each => written(each, key).trim() !== '')
    if (by) return [findingOf('L41', annotationAt(by, key), { key })]
  }
  return []
}

/** L24, L25, L41 and L48: who stays with which version. */
export const affinityFindings = (subject: Subject): Finding[] =>
  subject.live.length === 0 ? [] : [...pinned(subject), ...stickinessWished(subject)]
