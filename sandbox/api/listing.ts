import { fieldsOf } from '@/lib/domain/raw'
import type { Kind } from './kinds'
import type { KubeObject } from './object'
import { expired, Refusal } from './refusal'
import { matchesOf } from './selector'
import type { Store } from './store'

/** One page of a list. `next` asks for the following page; empty at the end. */
export type Page = {
  objects: readonly KubeObject[]
  version: string
  next: string
  remaining: number | undefined
}

const SNAPSHOTS_KEPT = 32
const TOO_OLD =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results.'

/** Lists in pages that all show one moment, as etcd's versions do. */
export class Lister {
  readonly #store: Store
  readonly #snapshots = new Map<string, readonly KubeObject[]>()

  constructor(store: Store) {
    this.#store = store
  }

  /** One page of what is asked for. Errors: Expired for a page of a forgotten moment, BadRequest. */
  page(kind: Kind, namespace: string | undefined, query: URLSearchParams): Page {
    const matches = matchesOf(query, kind.kind)
    const token = query.get('continue')
    const limit = wholeIn(query, 'limit')
    if (token && query.get('resourceVersion'))
      throw new Refusal('BadRequest', 'specifying resource version is not allowed when using continue')
    this.#checkVersion(query)
    const from = token ? tokenOf(token) : { version: String(this.#store.version), at: 0 }
    const id = `${kind.plural}/${namespace ?? ''}/${from.version}`
    const all = token ? this.#snapshots.get(id) : this.#store.list(kind, namespace)
    if (!all) throw expired(TOO_OLD)
    const { objects, end } = taken(all, from.at, limit, matches)
    if (end >= all.length) return { objects, version: from.version, next: '', remaining: undefined }
    this.#keep(id, all)
    const next = Buffer.from(JSON.stringify({ version: from.version, at: end })).toString('base64url')
    return { objects, version: from.version, next, remaining: matches ? undefined : all.length - end }
  }

  /** Forgets all moments: further pages of lists under way are 410. */
  forget(): void {
    this.#snapshots.clear()
  }

  #keep(id: string, all: readonly KubeObject[]): void {
    this.#snapshots.set(id, all)
    const [oldest] = this.#snapshots.keys()
    if (this.#snapshots.size > SNAPSHOTS_KEPT && oldest !== undefined) this.#snapshots.delete(oldest)
  }

  #checkVersion(query: URLSearchParams): void {
    const version = versionIn(query)
    if (version > this.#store.version) {
      const message = `Timeout: Too large resource version: ${version}, current: ${this.#store.version}`
      const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }]
      throw new Refusal('Timeout', message, { causes, retryAfterSeconds: 1 }, 1)
    }
    const isExact = query.get('resourceVersionMatch') === 'Exact'
    if (isExact && version < this.#store.version)
      throw expired(`The resourceVersion for the provided list is too old.`)
  }
}

/** A number of the query; 0 when it is missing or negative. Errors: BadRequest. */
export function wholeIn(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? ''
  if (text === '') return 0
  if (!/^-?\d{1,15}$/.test(text))
    throw new Refusal('BadRequest', `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
  return Math.max(0, Number(text))
}

/** The version that a list or watch asks for; 0 when it asks for none. Errors: BadRequest. */
export function versionIn(query: URLSearchParams): number {
  const text = query.get('resourceVersion') ?? ''
  if (/^\d{0,15}$/.test(text)) return Number(text)
  const shown = JSON.stringify(text)
  const why = `Invalid value: ${shown}: strconv.ParseUint: parsing ${shown}: invalid syntax`
  throw new Refusal('BadRequest', `invalid resource version: resourceVersion: ${why}`)
}

function taken(
  all: readonly KubeObject[],
  start: number,
  limit: number,
  matches: ((object: KubeObject) => boolean) | undefined,
): { objects: KubeObject[]; end: number } {
  const objects: KubeObject[] = []
  let end = start
  while (end < all.length && (limit === 0 || objects.length < limit)) {
    const object = all[end++]
    if (object && (!matches || matches(object))) objects.push(object)
  }
  return { objects, end }
}

function tokenOf(text: string): { version: string; at: number } {
  try {
    const { version, at } = fieldsOf(JSON.parse(Buffer.from(text, 'base64url').toString()))
    if (typeof version === 'string' && typeof at === 'number') return { version, at }
  } catch {
    // Told below, as for a token of another form.
  }
  throw new Refusal('BadRequest', 'invalid continue token: continue key is not valid')
}
