import { fieldsOf } from '@/lib/domain/raw'

const isFields = (raw: unknown): boolean => typeof raw === 'object' && raw !== null && !Array.isArray(raw)

/** Applies a JSON merge patch: null takes away, objects merge, all else replaces. Source: RFC 7396. */
export function mergePatched(target: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch
  const merged: Record<string, unknown> = { ...fieldsOf(target) }
  for (const [key, value] of Object.entries(fieldsOf(patch))) {
    if (value === null) delete merged[key]
    else merged[key] = mergePatched(merged[key], value)
  }
  return merged
}
