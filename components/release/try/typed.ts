import { headerMark, type Mark } from '@/lib/domain/mark'
import type { Release, ReleaseRoute } from '@/lib/domain/model/release'
import {
  cookieMarkProblem,
  headerMarkProblem,
  hostProblem,
  pathProblem,
  type TypedRequest,
  twiceProblem,
} from '@/lib/domain/typed-request'
import type { Told } from '@/lib/language/problem'

export type MarkKind = 'header' | 'cookie'

/** One header or cookie as it stands in its fields. */
export type Row = { id: number; kind: MarkKind; name: string; value: string }

/** A request as the hand wants it. `path` is the route's own as long as nothing else was typed. */
export type Draft = { path: string | null; host: string; rows: readonly Row[] }

export const EMPTY: Draft = { path: null, host: '', rows: [] }

/** The route that is tried: the first that is live. */
export const triedRoute = ({ routes }: Pick<Release, 'routes'>): ReleaseRoute | undefined =>
  routes.find(each => each.live) ?? routes[0]

/** The one host of the route; null where it takes many, and one may be typed. */
export const fixedHost = (route: ReleaseRoute | undefined): string | null =>
  route && route.host !== '' && !route.host.includes('*') ? route.host : null

const isBlank = ({ name, value }: Row) => name === '' && value === ''

const marksOf = (rows: readonly Row[], kind: MarkKind) =>
  Object.fromEntries(rows.filter(row => row.kind === kind && !isBlank(row)).map(row => [row.name, row.value]))

/** The request that the fields ask for. */
export function typedRequestOf({ path, host, rows }: Draft, route: ReleaseRoute | undefined): TypedRequest {
  return {
    host: fixedHost(route) ?? host,
    path: path ?? (route?.path || '/'),
    headers: marksOf(rows, 'header'),
    cookies: marksOf(rows, 'cookie'),
  }
}

/** What is wrong with one header or cookie; undefined where nothing is, and while nothing is typed. */
export function rowProblem(row: Row, rows: readonly Row[]): Told | undefined {
  if (isBlank(row)) return undefined
  const { kind, name, value } = row
  const wrong = kind === 'header' ? headerMarkProblem(name, value) : cookieMarkProblem(name, value)
  if (wrong) return wrong.problem
  const same = (other: Row) =>
    kind === 'header' ? other.name.toLowerCase() === name.toLowerCase() : other.name === name
  const isTwice = rows.slice(0, rows.indexOf(row)).some(each => each.kind === kind && same(each))
  return isTwice ? twiceProblem(kind === 'header' ? 'headers' : 'cookies', name).problem : undefined
}

/** What is wrong with host and path, each where it is. */
export const placeProblems = ({ host, path }: Pick<TypedRequest, 'host' | 'path'>) => ({
  host: hostProblem(host)?.problem,
  path: pathProblem(path)?.problem,
})

/** A wildcard takes no request by its own name: a host must be typed. */
export const needsHost = (route: ReleaseRoute | undefined, { host }: Draft): boolean =>
  (route?.host.includes('*') ?? false) && host === ''

/** Can the request be asked about as it stands in the fields. */
export function isComplete(draft: Draft, route: ReleaseRoute | undefined): boolean {
  const { host, path } = placeProblems(typedRequestOf(draft, route))
  return !host && !path && !needsHost(route, draft) && draft.rows.every(row => !rowProblem(row, draft.rows))
}

/** What a request may carry at one stroke. `rows` is null where a pattern has no example. */
export type Preset = { name: 'none' | MarkKind; rows: readonly Omit<Row, 'id'>[] | null }

/** A rule may look at the whole Cookie header: what it asks for is carried as cookies. */
function headerRows({ name, value }: Mark): Omit<Row, 'id'>[] {
  if (name.toLowerCase() !== 'cookie') return [{ kind: 'header', name, value }]
  return value.split(/; */).map(pair => {
    const [key = '', ...rest] = pair.split('=')
    return { kind: 'cookie', name: key, value: rest.join('=') }
  })
}

/** The marks of the rules, and none. */
export function presetsOf({ rules: { header, cookie } }: Pick<Release, 'rules'>): Preset[] {
  const mark = header && headerMark(header)
  return [
    { name: 'none', rows: [] },
    ...(header ? [{ name: 'header' as const, rows: mark && headerRows(mark) }] : []),
    ...(cookie === null
      ? []
      : [{ name: 'cookie' as const, rows: [{ kind: 'cookie' as const, name: cookie, value: 'always' }] }]),
  ]
}
