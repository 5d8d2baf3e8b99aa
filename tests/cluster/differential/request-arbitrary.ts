import fc, { type Arbitrary } from 'fast-check'
import type { CaseRequest } from '@/scripts/cases/case'
import { ingressesOf, placesIn, standingsOf, type World } from '@/tests/cluster/differential/world'

const REQUESTS = 20
const VALUES = ['always', 'always', 'never', 'Always', 'v2', 'v1', 'V2', 'a b', 'user@x.com', 'xv9', '7', '']
const COOKIE_VALUES = ['always', 'always', 'never', 'Always', '"always"', 'v2', '']
/** What stands around a cookie in its line, "@" for itself. */
const COOKIE_LINES = [
  '@',
  '@',
  '@',
  'x=1; @',
  '@;y=2',
  'x=1,@',
  'x; @',
  '@; @x',
  ' @ ',
  'canary=never; @',
  '@, y',
]
/** Spellings of a path, "@" for itself; nginx reads some of them as another. */
const SPELLINGS = ['@', '@', '@', '@', '@', '@', '@?x=/p', '/%70/..@', '/.@', '/@', '@#x', '@;x']

/** Hosts that a written host leads to, may lead to, or just misses. */
function hostsNear(host: string): string[] {
  if (host === '') return ['free', 'a']
  const below = host.replace(/^\*\./, '')
  return host === below
    ? [host, host, host, host, host, host, host.toUpperCase(), `y.${host}`, `${host}:80`]
    : [`y.${below}`, `y.${below}`, `x.${below}`, below, `z.y.${below}`, `Y_1.${below}`]
}

function pathsNear(path: string): string[] {
  const plain = path.replace(/\(.*$/, '') || '/'
  const bare = plain.replace(/\/$/, '')
  const near = [
    `${bare}/`,
    `${bare}/q`,
    `${bare || '/'}q`,
    `${bare}/q/r`,
    bare || '/',
    plain.toUpperCase(),
    '/none',
  ]
  return [...Array.from({ length: near.length }, () => plain), ...near]
}

/** The spelling a client would use, and ones that nginx drops or takes for the same. */
function namesNear(header: string): string[] {
  const dashed = header.replaceAll('_', '-')
  return header === '' ? [] : [dashed, dashed, dashed, dashed.toLowerCase(), header.replaceAll('-', '_')]
}

const isSendable = (name: string) => /^[A-Za-z0-9._-]+$/.test(name)

const maybe = <T>(value: Arbitrary<T>, weight = 2): Arbitrary<T | undefined> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight, arbitrary: value })

/** What the world's rules listen to. */
function marksFor(world: World) {
  const annotations = ingressesOf(world).map(one => one.annotations ?? {})
  const texts = (key: string) => annotations.flatMap(each => each[key] ?? [])
  return {
    headers: [...texts('canary-by-header').flatMap(namesNear), 'Other'].filter(isSendable),
    values: [...VALUES, ...texts('canary-by-header-value').flatMap(text => [text.trim(), text.trim()])],
    cookies: [...texts('canary-by-cookie'), ...texts('canary-by-cookie'), 'canary', ''].filter(
      name => name === '' || isSendable(name),
    ),
    affinity: [...new Set([...texts('session-cookie-name').filter(isSendable), 'INGRESSCOOKIE'])],
    sticks: annotations.some(each => each.affinity !== undefined),
    aliases: texts('server-alias').flatMap(text => text.split(',')),
  }
}

function affinityCookie(world: World, names: readonly string[]): Arbitrary<CaseRequest['affinityCookie']> {
  const issuers = standingsOf(world).map(({ namespace, service }) => ({ namespace, service }))
  const issuer = fc.constantFrom(...issuers)
  return fc
    .record({ name: fc.constantFrom(...names), issuer })
    .map(({ name, issuer: of }) => ({ name, ...of }))
}

/** Where to ask: mostly where a canary or an ordinary Ingress has a path. */
function placeNear(world: World, aliases: readonly string[]): Arbitrary<Pick<CaseRequest, 'host' | 'path'>> {
  const places = [...world.ordinary, ...world.canaries, ...world.canaries].flatMap(placesIn)
  const anywhere = { host: '', path: '/', pathType: null }
  return fc.constantFrom(...places, ...(places.length > 0 ? [] : [anywhere])).chain(({ host, path }) =>
    fc
      .record({
        host: fc.constantFrom(...hostsNear(host), ...aliases.flatMap(hostsNear)),
        near: fc.constantFrom(...pathsNear(path)),
        spelling: fc.constantFrom(...SPELLINGS),
      })
      .map(({ near, spelling, ...rest }) => ({ ...rest, path: spelling.replace('@', () => near) })),
  )
}

type Marks = {
  header: readonly [string, string] | undefined
  cookie: readonly [string, string, string] | undefined
  held: CaseRequest['affinityCookie']
}

const spelt = ([line, name, value]: readonly [string, string, string]) =>
  line.replaceAll('@', () => `${name}=${value}`)

/** Affinity is read from plain cookies only: our Lua reader of cookies is a stand-in for the controller's. */
function marked({ header, cookie, held }: Marks): Pick<CaseRequest, 'headers' | 'affinityCookie'> {
  const cookies = cookie && (held ? `${cookie[1]}=${cookie[2]}` : spelt(cookie))
  const isOdd = held && header?.[0].toLowerCase() === 'cookie'
  return {
    headers: { ...(header && !isOdd && Object.fromEntries([header])), ...(cookies && { Cookie: cookies }) },
    ...(held && { affinityCookie: held }),
  }
}

/** Twenty requests that come close to what a world's Ingresses speak of. */
export function requestsFor(world: World): Arbitrary<CaseRequest[]> {
  const { headers, values, cookies, affinity, sticks, aliases } = marksFor(world)
  const one = fc
    .record({
      place: placeNear(world, aliases),
      header: maybe(fc.tuple(fc.constantFrom(...headers), fc.constantFrom(...values))),
      cookie: maybe(
        fc.tuple(
          fc.constantFrom(...COOKIE_LINES),
          fc.constantFrom(...cookies),
          fc.constantFrom(...COOKIE_VALUES),
        ),
        1,
      ),
      held: sticks ? maybe(affinityCookie(world, affinity), 1) : fc.constant(undefined),
    })
    .map(({ place, ...marks }): CaseRequest => ({ ...place, ...marked(marks) }))
  return fc.array(one, { minLength: REQUESTS, maxLength: REQUESTS })
}
