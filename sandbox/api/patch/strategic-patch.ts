import { fieldsOf } from '@/lib/domain/raw'
import { Refusal } from '../refusal'

/**
 * Lists that merge by a key, by the name of their field.
 * Source: Kubernetes 1.34, `patchMergeKey` tags of core/v1, apps/v1; lists without one are replaced.
 */
const MERGE_KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
  ownerReferences: ['uid'],
  conditions: ['type'],
  ports: ['containerPort', 'port'],
}

/** Lists of plain values that merge as sets. */
const SETS = new Set(['finalizers'])

const isFields = (raw: unknown): boolean => typeof raw === 'object' && raw !== null && !Array.isArray(raw)

/** Applies a strategic merge patch of the kinds of the sandbox. Errors: BadRequest for a list item without its key. */
export function strategicPatched(target: unknown, patch: unknown, field = ''): unknown {
  if (Array.isArray(patch)) return mergedList(Array.isArray(target) ? target : [], patch, field)
  if (!isFields(patch)) return patch
  const { $patch: directive, $retainKeys: retained, ...changes } = fieldsOf(patch)
  if (directive === 'replace') return changes
  if (directive === 'delete') return {}
  const kept = Object.entries(fieldsOf(target)).filter(
    ([key]) => !Array.isArray(retained) || retained.includes(key),
  )
  const merged: Record<string, unknown> = Object.fromEntries(kept)
  for (const [key, value] of Object.entries(changes)) {
    if (key.startsWith('$setElementOrder/')) continue
    if (key.startsWith('$deleteFromPrimitiveList/')) {
      const of = key.slice('$deleteFromPrimitiveList/'.length)
      const gone: readonly unknown[] = Array.isArray(value) ? value : []
      const present = merged[of]
      if (Array.isArray(present)) merged[of] = present.filter(each => !gone.includes(each))
    } else if (value === null) delete merged[key]
    else merged[key] = strategicPatched(merged[key], value, key)
  }
  return merged
}

function mergedList(present: readonly unknown[], patch: readonly unknown[], field: string): unknown[] {
  if (patch.some(item => fieldsOf(item).$patch === 'replace' && Object.keys(fieldsOf(item)).length === 1)) {
    return patch.filter(item => fieldsOf(item).$patch !== 'replace')
  }
  if (SETS.has(field)) return [...new Set([...present, ...patch])]
  const candidates = MERGE_KEYS[field]
  if (!candidates) return [...patch]
  const merged = [...present]
  for (const item of patch) mergeItem(merged, item, candidates, field)
  return merged
}

function mergeItem(merged: unknown[], item: unknown, candidates: readonly string[], field: string): void {
  const key = candidates.find(each => fieldsOf(item)[each] !== undefined)
  if (key === undefined) {
    throw new Refusal(
      'BadRequest',
      `map: ${JSON.stringify(item)} does not contain declared merge key: ${candidates[0]} (in ${field})`,
    )
  }
  const at = merged.findIndex(each => fieldsOf(each)[key] === fieldsOf(item)[key])
  if (fieldsOf(item).$patch === 'delete') {
    if (at >= 0) merged.splice(at, 1)
  } else if (at >= 0) merged[at] = strategicPatched(merged[at], item)
  else merged.push(strategicPatched({}, item))
}
