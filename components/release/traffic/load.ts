import type { Version } from '@/lib/domain/model/release'

/** Pods that answer: ready endpoints of the version's Service. */
export const readyOf = (version: Version): number => version.endpoints.ready

/** Parts of the weight that each ready pod carries; null without a ready pod. Units: parts, one decimal. */
export const perPod = (parts: number, version: Version): number | null => {
  const ready = readyOf(version)
  return ready === 0 ? null : Math.round((parts / ready) * 10) / 10
}

/** Does a ready pod of the canary carry clearly more than one of stable does with the stable share now? */
export const isOverloaded = (weight: number, total: number, canary: Version, stable: Version): boolean => {
  const [carried, usual] = [perPod(weight, canary), perPod(total, stable)]
  return weight > 0 && carried !== null && usual !== null && carried > usual
}
