import { setTimeout as sleep } from 'node:timers/promises'
import { type Dispatcher, request } from 'undici'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'

const PAUSE_MS = 100
const SILENCE_MS = 90_000

/** Where the cluster's API answers, and as whom the gateway asks. `agent` trusts the sandbox's certificate. */
export type Api = { url: string; token: string; agent: Dispatcher }

/**
 * All objects of one kind by namespace/name. `changedAt` is the version of the newest change in `items`;
 * `version`, where the watch goes on, is later after a bookmark.
 */
export type Kept = { items: Map<string, unknown>; version: string; changedAt: string }

const metadataOf = (object: unknown) => fieldsOf(fieldsOf(object).metadata)
const keyOf = (object: unknown) =>
  `${textOf(metadataOf(object).namespace)}/${textOf(metadataOf(object).name)}`

async function get({ url, token, agent }: Api, path: string, signal: AbortSignal) {
  const answer = await request(url + path, {
    dispatcher: agent,
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    bodyTimeout: SILENCE_MS,
    signal,
  })
  if (answer.statusCode === 200) return answer.body
  await answer.body.dump()
  throw new Error(`${path} answered ${answer.statusCode}`)
}

async function list(api: Api, path: string, kept: Kept, signal: AbortSignal): Promise<void> {
  const found = fieldsOf(await (await get(api, path, signal)).json())
  kept.items = new Map(itemsOf(found.items).map(item => [keyOf(item), item]))
  kept.version = textOf(fieldsOf(found.metadata).resourceVersion)
  kept.changedAt = kept.version
}

/** Takes one event; tells whether an object has changed. */
function take(kept: Kept, line: string): boolean {
  const { type, object } = fieldsOf(JSON.parse(line))
  if (type === 'ERROR') throw new Error('the watch is too old')
  kept.version = textOf(metadataOf(object).resourceVersion) || kept.version
  if (type === 'BOOKMARK') return false
  kept.changedAt = kept.version
  if (type === 'DELETED') kept.items.delete(keyOf(object))
  else kept.items.set(keyOf(object), object)
  return true
}

async function watch(api: Api, path: string, kept: Kept, changed: () => void, signal: AbortSignal) {
  const query = `?watch=true&allowWatchBookmarks=true&resourceVersion=${kept.version}`
  let rest = ''
  const text = (await get(api, path + query, signal)).setEncoding('utf8')
  for await (const chunk of text) {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    const news = lines.filter(line => line !== '' && take(kept, line))
    if (news.length > 0) changed()
  }
}

/**
 * Keeps one kind as the cluster has it until `signal` aborts, and calls `changed` after every change.
 * Errors: none; whatever goes wrong, it lists again after a short pause.
 */
export async function keep(api: Api, path: string, kept: Kept, changed: () => void, signal: AbortSignal) {
  while (!signal.aborted) {
    try {
      await list(api, path, kept, signal)
      changed()
      while (!signal.aborted) await watch(api, path, kept, changed, signal)
    } catch {
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}
