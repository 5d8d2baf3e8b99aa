import type { IncomingMessage, ServerResponse } from 'node:http'
import { isWatch, verbOf } from './address'
import { bytesIn, draftOf, mediaTypeOf, parsedJson } from './body'
import { bytesOf, listBytes } from './bytes'
import type { Clock } from './clock'
import { checkAccess, type Exchange, writeOf } from './exchange'
import type { Faults } from './faults'
import { checkAcceptable } from './forms'
import { apiVersionOf } from './kinds'
import { checkListOptions } from './list-options'
import { type Lister, versionIn, wholeIn } from './listing'
import type { Fields, KubeObject } from './object'
import { objectIn, PROTOBUF } from './protobuf/envelope'
import { Refusal } from './refusal'
import type { Resources } from './resources'
import { reviewed } from './reviews'
import { matchesOf } from './selector'
import { tableEvents, tableOf, wantsTable } from './table'
import type { Watches } from './watches'

/** What the handlers of the API work with. */
export type Parts = { resources: Resources; lister: Lister; watches: Watches; faults: Faults; clock: Clock }

const MAX_WATCH_S = 3600

/** Answers with JSON. */
export function answer(response: ServerResponse, status: number, body: Fields | Buffer): void {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length })
  response.end(bytes)
}

/** Does what a request asks of the objects of one kind. Errors: throws a Refusal. */
export async function dispatch(parts: Parts, exchange: Exchange): Promise<void> {
  const { request, address, url } = exchange
  const verb = verbOf(request.method ?? '', address.name, isWatch(url))
  if (verb === undefined || (address.kind.reviewOnly && verb !== 'create')) {
    const message = 'the server does not allow this method on the requested resource'
    throw new Refusal('MethodNotAllowed', message, {})
  }
  checkAccess(parts.faults, exchange, verb)
  if (verb !== 'delete' && verb !== 'deletecollection') checkAcceptable(request, verb)
  if (verb === 'watch') return watch(parts, exchange)
  if (verb === 'list') return list(parts, exchange)
  if (verb === 'get') return show(parts, exchange, 200, parts.resources.view(address))
  if (parts.faults.writes.met(['cut'], writeOf(exchange, verb))) return void exchange.response.destroy()
  await write(parts, exchange, verb)
}

function show(
  { clock }: Parts,
  { request, response, address }: Exchange,
  status: number,
  object: Fields,
): void {
  if (!isStored(object)) return void answer(response, status, object)
  if (!wantsTable(request)) return void answer(response, status, bytesOf(object))
  const metadata = { resourceVersion: object.metadata.resourceVersion }
  answer(response, status, tableOf(address.kind, [object], metadata, clock.nowMs()))
}

const isStored = (object: Fields): object is KubeObject =>
  object.kind !== 'Status' && object.kind !== 'Scale' && typeof object.metadata === 'object'

function list({ lister, clock }: Parts, { request, response, address, url }: Exchange): void {
  const { kind, namespace } = address
  const query = url.searchParams
  checkListOptions(query, false)
  const page = lister.page(kind, namespace, query)
  const metadata = {
    resourceVersion: page.version,
    ...(page.next && { continue: page.next }),
    ...(page.next && page.remaining !== undefined && { remainingItemCount: page.remaining }),
  }
  if (wantsTable(request))
    return void answer(response, 200, tableOf(kind, page.objects, metadata, clock.nowMs()))
  const head = `{"kind":"${kind.kind}List","apiVersion":"${apiVersionOf(kind)}","metadata":${JSON.stringify(metadata)},"items":[`
  answer(response, 200, listBytes(head, page.objects, ']}'))
}

function watch({ watches, clock }: Parts, { request, response, address, url, user }: Exchange): void {
  const { kind, namespace } = address
  const query = url.searchParams
  checkListOptions(query, true)
  const seconds = wholeIn(query, 'timeoutSeconds') || MAX_WATCH_S / 2 + Math.random() * (MAX_WATCH_S / 2)
  const wish = {
    kind,
    namespace,
    matches: matchesOf(query, kind.kind),
    from: versionIn(query),
    initialEvents: query.get('sendInitialEvents') === 'true',
    bookmarks: ['true', '1'].includes(query.get('allowWatchBookmarks') ?? ''),
    table: wantsTable(request) ? tableEvents(kind, clock) : undefined,
  }
  watches.begin(wish, user, response, seconds * 1000)
}

function bodyOf(bytes: Buffer, verb: string, mediaType: string): unknown {
  if (bytes.length === 0 && verb.startsWith('delete')) return {}
  if (verb === 'patch') return parsedJson(bytes.toString(), 'error decoding patch')
  if (mediaType === 'application/json' || mediaType === '') return parsedJson(bytes.toString())
  if (mediaType === PROTOBUF) return objectIn(bytes)
  const why = `accepted media types include: application/json, ${PROTOBUF}`
  throw new Refusal('UnsupportedMediaType', `the body of the request was in an unknown format - ${why}`)
}

async function write(parts: Parts, exchange: Exchange, verb: string): Promise<void> {
  const { request, address, url, user } = exchange
  const { resources } = parts
  const mediaType = mediaTypeOf(request)
  const body = bodyOf(await bytesIn(request), verb, mediaType)
  const warn = (text: string) =>
    exchange.response.appendHeader('warning', `299 - ${printable(JSON.stringify(text))}`)
  const asked = { manager: managerOf(request), query: url.searchParams, warn }
  if (address.kind.reviewOnly) {
    return answer(exchange.response, 201, reviewed(address.kind, draftOf(address.kind, body), user))
  }
  const acts: Readonly<Record<string, () => Fields>> = {
    create: () => resources.create(address, body, asked),
    update: () => resources.update(address, body, asked),
    patch: () => resources.patch(address, mediaType, body, asked),
    delete: () => resources.delete(address, body, asked),
    deletecollection: () => ({
      kind: `${address.kind.kind}List`,
      apiVersion: apiVersionOf(address.kind),
      metadata: {},
      items: resources.deleteAll(address, body, asked),
    }),
  }
  const isNew = verb === 'create' || (verb === 'update' && !resources.has(address))
  const done = acts[verb]?.()
  if (parts.faults.writes.met(['lost'], writeOf(exchange, verb))) return void exchange.response.destroy()
  if (done) show(parts, exchange, isNew ? 201 : 200, done)
}

/** Whom managedFields name when the query does not: the first word of the user agent. */
const managerOf = ({ headers }: IncomingMessage): string =>
  (headers['user-agent'] ?? '').split('/')[0]?.slice(0, 128) || 'unknown'

/** Headers carry nothing but ASCII. */
const printable = (text: string): string => text.replace(/[^ -~]/g, '?')
