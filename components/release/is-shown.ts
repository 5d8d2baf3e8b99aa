import type { Release } from '@/lib/domain/model/release'

/**
 * Does the watch show a write by now? `written` is the resourceVersion the write was answered with.
 * Source: KEP-5504, versions of one object compare as integers.
 */
export function isShown(written: string, { resourceVersion }: Release): boolean {
  if (!/^\d+$/.test(written) || !/^\d+$/.test(resourceVersion)) return true
  return BigInt(resourceVersion) >= BigInt(written)
}
