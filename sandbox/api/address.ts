import { type Kind, kindAt, kinds } from './kinds'

/** What a request's path names: a kind, maybe one namespace, one object, and a part of it. */
export type Address = {
  kind: Kind
  namespace: string | undefined
  name: string | undefined
  subresource: string
}

const PATH = /^\/(?:api\/(v1)|apis\/([^/]+\/[^/]+))\/(.+)$/

/** Reads a path below `/api` or `/apis`; undefined when it names no kind of the sandbox. */
export function addressOf(pathname: string): Address | undefined {
  const [, core, grouped, rest = ''] = PATH.exec(pathname) ?? []
  const groupVersion = core ?? grouped
  if (groupVersion === undefined) return undefined
  let parts: string[]
  try {
    parts = rest.replace(/\/$/, '').split('/').map(decodeURIComponent)
  } catch {
    return undefined
  }
  const [first, namespace, ...inside] = parts
  const isScoped = first === 'namespaces' && inside.length > 0
  const own = kindAt(groupVersion, inside[0] ?? '')
  if (isScoped && own?.namespaced) return addressIn(own, namespace, inside)
  const kind = kindAt(groupVersion, first ?? '')
  return kind && addressIn(kind, undefined, parts)
}

function addressIn(kind: Kind, namespace: string | undefined, parts: readonly string[]): Address | undefined {
  const [, name, subresource = '', ...more] = parts
  const isKnown = subresource === '' || kind.subresources.includes(subresource)
  const needsNamespace = kind.namespaced && name !== undefined && namespace === undefined
  if (more.length > 0 || !isKnown || needsNamespace) return undefined
  return { kind, namespace, name, subresource }
}

/** Whether a request is for changes instead of a list. */
export const isWatch = ({ searchParams }: URL): boolean =>
  !['false', '0'].includes(searchParams.get('watch') ?? '0')

/** The verb that access rules know a request by. */
export function verbOf(method: string, name: string | undefined, isWatching: boolean): string | undefined {
  if (method === 'GET' || method === 'HEAD') {
    if (name) return 'get'
    return isWatching ? 'watch' : 'list'
  }
  if (method === 'DELETE') return name ? 'delete' : 'deletecollection'
  if (method === 'POST') return name ? undefined : 'create'
  if (!name) return undefined
  return { PUT: 'update', PATCH: 'patch' }[method]
}

/** The namespace an access rule is asked about: a Namespace object lies in itself. */
export const scopeOf = ({ kind, namespace, name }: Address): string =>
  (kind === kinds.namespace ? name : namespace) ?? ''
