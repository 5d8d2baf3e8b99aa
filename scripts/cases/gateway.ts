import { affinityText } from '@/lib/domain/affinity-cookie'
import { backendKey } from '@/lib/domain/backend'
import { isPlausible } from '@/scripts/cases/binomial'
import { type Case, type CaseRequest, portOf } from '@/scripts/cases/case'
import { type RawAnswer, RawClient } from '@/scripts/cases/raw-client'
import { askOnce, textOf } from '@/scripts/cases/request'
import { type Actor, actorsOf, namespaceIn, servicesOf, setScene } from '@/scripts/cases/scene'
import type { Stand } from '@/scripts/cases/stand'

const TRIALS = 2_000
const CLIENTS = 8
const LEVEL = 1e-6
const PIN_HEADER = 'X-Pin-For-The-Case'
const PREFIX = 'nginx.ingress.kubernetes.io/'

type Play = { one: Case; request: CaseRequest; actors: readonly Actor[]; prefix: string; stand: Stand }

const validates = ({ controller }: Case) => controller?.enableAnnotationValidation ?? true

async function create(stand: Stand, actors: readonly Actor[]): Promise<bigint> {
  let written = 0n
  for (const { path, manifest, createdMs } of actors) {
    stand.setClock(createdMs)
    written = await stand.create(path, manifest)
  }
  return written
}

const annotationsOf = ({ one }: Actor): Record<string, string> =>
  Object.fromEntries(Object.entries(one.annotations ?? {}).map(([key, value]) => [PREFIX + key, value]))

/** The same canary with rules that surely lead to it, so that it hands out its cookie. */
function openCanary(actor: Actor): Actor {
  const open = { [`${PREFIX}canary`]: 'true', [`${PREFIX}canary-by-header`]: PIN_HEADER }
  const { metadata, ...rest } = { metadata: {}, ...actor.manifest }
  return { ...actor, manifest: { ...rest, metadata: { ...metadata, annotations: open } } }
}

const cookieIn = (answer: RawAnswer): string => {
  const [cookie] = (answer.headers.get('set-cookie') ?? '').split(';')
  if (!cookie) throw new Error(`no affinity cookie in an answer ${answer.status}`)
  return cookie
}

/** Brings the case's Ingresses into the cluster, and with them the affinity cookie the request shall carry. */
async function begin({
  one,
  request,
  actors,
  prefix,
  stand,
}: Play): Promise<{ port: number; cookie?: string }> {
  const { affinityCookieFrom, affinityCookie } = request
  const isCanary = ({ role }: Actor) => role === 'canary'
  const gatewayAt = (version: bigint) => stand.gatewayAt(version, validates(one))
  if (!affinityCookieFrom) {
    const port = await gatewayAt(await create(stand, actors))
    if (!affinityCookie) return { port }
    const { name, namespace, service } = affinityCookie
    const key = backendKey(namespaceIn(prefix, namespace), portOf(service))
    return { port, cookie: `${name}=${affinityText('node', key)}` }
  }

  const bare: CaseRequest = { host: request.host, path: request.path }
  if (affinityCookieFrom === 'main') {
    const port = await gatewayAt(
      await create(
        stand,
        actors.filter(actor => !isCanary(actor)),
      ),
    )
    const cookie = cookieIn(await askOnce(port, textOf(bare)))
    return { port: await gatewayAt(await create(stand, actors.filter(isCanary))), cookie }
  }
  const opened = actors.map(actor => (isCanary(actor) ? openCanary(actor) : actor))
  const port = await gatewayAt(await create(stand, opened))
  const cookie = cookieIn(await askOnce(port, textOf(bare, { headers: [`${PIN_HEADER}: always`] })))
  let written = 0n
  for (const actor of actors.filter(isCanary)) {
    const annotations = {
      [`${PREFIX}canary`]: null,
      [`${PREFIX}canary-by-header`]: null,
      ...annotationsOf(actor),
    }
    written = await stand.patch(`${actor.path}/${actor.one.name}`, { metadata: { annotations } })
  }
  return { port: await gatewayAt(written), cookie }
}

/** Which side an answer came from, in the words of a case's expectation. */
function sideOf({ one, actors }: Play, { status, body }: RawAnswer): string {
  if (status !== 200) return String(status)
  if (one.expect.to === 'service') return body
  const isFrom = (role: string) => actors.some(actor => actor.role === role && servicesOf(actor).has(body))
  if (isFrom('main')) return 'main'
  return isFrom('canary') ? 'canary' : body
}

async function judgeSplit(play: Play, port: number, text: string): Promise<string | null> {
  const counts: Record<string, number> = {}
  const clients = Array.from({ length: CLIENTS }, () => new RawClient(port))
  try {
    await Promise.all(
      clients.map(async client => {
        for (let i = 0; i < TRIALS / CLIENTS; i++) {
          const side = sideOf(play, await client.ask(text))
          counts[side] = (counts[side] ?? 0) + 1
        }
      }),
    )
  } finally {
    for (const client of clients) client.close()
  }
  const { main = 0, canary = 0 } = counts
  const share = play.one.expect.canaryRatio ?? 0
  if (main + canary !== TRIALS) return `expected main and canary, got ${JSON.stringify(counts)}`
  if (isPlausible(canary, { trials: TRIALS, share, level: LEVEL })) return null
  return `expected a share of ${share}, got ${canary} of ${TRIALS}`
}

async function judge(play: Play): Promise<string | null> {
  const { to, service, setsAffinityCookie } = play.one.expect
  const { port, cookie } = await begin(play)
  const text = textOf(play.request, cookie === undefined ? {} : { cookie })
  if (to === 'split') return judgeSplit(play, port, text)
  const answer = await askOnce(port, text)
  const [got, wanted] = [sideOf(play, answer), to === 'service' ? service : to]
  if (got !== wanted) return `expected ${wanted}, got ${got}`
  const sets = answer.headers.has('set-cookie')
  if (setsAffinityCookie === undefined || sets === setsAffinityCookie) return null
  return `expected setsAffinityCookie ${setsAffinityCookie}, got ${sets}`
}

/** Judges one case over real HTTP, through API server and gateway: null where it holds, else what was wrong. */
export async function judgeByGateway(stand: Stand, one: Case, request: CaseRequest): Promise<string | null> {
  const prefix = `case-${stand.nextNumber()}`
  const actors = actorsOf(one, prefix)
  try {
    await setScene(stand, { one, actors, prefix }, version => stand.gatewayAt(version, validates(one)))
    return await judge({ one, request, actors, prefix, stand })
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    for (const { path, one: each } of actors)
      await stand.remove(`${path}/${each.name}`).catch(() => undefined)
  }
}
