import type { Version } from '@/lib/domain/model/release'

/** Pods that answer: ready endpoints of the version's Service. */
export const readyOf = (version: Version): number => version.endpoints.ready

/** Parts of the weight that each ready pod carries; null without a ready pod. Units: parts, one decimal; below one, two figures. */
export const perPod = (parts: number, version: Version): number | null => {
  const ready = readyOf(version)
  if (ready === 0) return null
  const each = parts / ready
  return each < 1 ? Number(each.toPrecision(2)) : Math.round(each * 10) / 10
}
