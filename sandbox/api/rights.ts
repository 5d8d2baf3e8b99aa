import { allows, type User } from './access'
import { forbidden, Refusal } from './refusal'

/** What a request is about, known to the sandbox or not. `name` is empty for a whole list. */
export type Asked = { plural: string; group: string; name: string; subresource: string; namespace: string }

/** Refuses what somebody's rules do not allow, or what has been taken away. Errors: Forbidden. */
export function checkRight(user: User, verb: string, asked: Asked, isDenied = false): void {
  const { plural, group, name, subresource, namespace } = asked
  const resource = plural + (subresource && `/${subresource}`)
  if (!isDenied && allows(user.rules, { verb, group, resource, name })) return
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope'
  const what = `cannot ${verb} resource "${resource}" in API group "${group}"`
  throw forbidden(asked, name, `User "${user.name}" ${what} ${where}`)
}

/** Refuses an address that is no object's to whom it is not open. Errors: Forbidden. */
export function checkPath(user: User, method: string, pathname: string): void {
  const isOpen = user.paths.some(path =>
    path.endsWith('*') ? pathname.startsWith(path.slice(0, -1)) : pathname === path,
  )
  if (isOpen) return
  const verb = method.toLowerCase()
  throw new Refusal('Forbidden', `forbidden: User "${user.name}" cannot ${verb} path "${pathname}"`, {})
}

/** What a path below `/api` or `/apis` names whatever kinds there are; undefined when it names no objects. */
export function askedAt(pathname: string): Asked | undefined {
  const [, group = '', rest = ''] = /^\/(?:api\/v1|apis\/([^/]+)\/[^/]+)\/(.+)$/.exec(pathname) ?? []
  if (rest === '') return undefined
  const parts = rest.split('/')
  const isInside = parts[0] === 'namespaces' && parts.length > 2
  const [plural = '', name = '', subresource = ''] = isInside ? parts.slice(2) : parts
  return { plural, group, name, subresource, namespace: isInside ? (parts[1] ?? '') : '' }
}
