import type { Version } from '@/lib/domain/model/release'

/** Pods that answer: ready endpoints of the version's Service. */
export const readyOf = (version: Version): number => version.endpoints.ready

/** Parts of the weight that each ready pod carries; null without a ready pod. Units: parts, one decimal. */
export const perPod = (parts: number, version: Version): number | null => {
  const ready = readyOf(version)
  return ready === 0 ? null : Math.round((parts / ready) * 10) / 10
}
