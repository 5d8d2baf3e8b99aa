import type { PatchOperation } from '@/lib/domain/lint/mend'

const keysOf = (path: string) =>
  path
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))

/** Carries out a JSON patch on a copy, as an API server does: null where a test fails or a place is missing. */
export function patched<T>(object: T, patch: readonly PatchOperation[]): T | null {
  const copy: T = structuredClone(object)
  for (const operation of patch) {
    const keys = keysOf(operation.path)
    const last = keys.pop() ?? ''
    // biome-ignore lint/suspicious/noExplicitAny: walks any object
    let at: any = copy
    for (const key of keys) at = at?.[key]
    if (at?.[last] === undefined) return null
    if (operation.op === 'test' && at[last] !== operation.value) return null
    if (operation.op === 'replace') at[last] = operation.value
    if (operation.op === 'remove') delete at[last]
  }
  return copy
}
