import type { ServerResponse } from 'node:http'
import { bytesOf } from './bytes'
import { apiVersionOf, type Kind } from './kinds'
import type { Fields, KubeObject } from './object'
import { expired, type Refusal } from './refusal'
import type { Matches } from './selector'
import type { Change, Store } from './store'

/** What a watch is to show and how. `from` 0 begins with everything there is. */
export type WatchWish = {
  kind: Kind
  namespace: string | undefined
  matches: Matches | undefined
  from: number
  initialEvents: boolean
  bookmarks: boolean
  /** Writes an object as a table of one row, as kubectl asks for. */
  table: ((object: KubeObject) => Fields) | undefined
}

const UNSENT_LIMIT_BYTES = 16 * 1024 * 1024
const END = Buffer.from('}\n')
const INITIAL_END = { 'k8s.io/initial-events-end': 'true' }

type EventType = Change['type']

/** One watch of one client. It pulls from the store's history, so that a held watch goes on where it stood. */
export class Watch {
  #at: number
  #isOver = false
  readonly #wish: WatchWish
  readonly #store: Store
  readonly #response: ServerResponse
  readonly #isHeld: () => boolean

  constructor(wish: WatchWish, store: Store, response: ServerResponse, isHeld: () => boolean) {
    this.#wish = wish
    this.#store = store
    this.#response = response
    this.#isHeld = isHeld
    this.#at = wish.from
  }

  /** Sends what there is when the watch begins. */
  begin(): void {
    const { from, initialEvents, kind, namespace } = this.#wish
    if (from > 0 && !initialEvents) return void this.pump()
    this.#at = this.#store.version
    for (const object of this.#store.list(kind, namespace)) {
      if (this.#shows(object)) this.#send('ADDED', object)
    }
    if (initialEvents && this.#wish.bookmarks) this.#mark(INITIAL_END)
  }

  /** Sends all changes since the last time; ends the watch with 410 when they are forgotten. */
  pump(): void {
    if (this.#isOver || this.#isHeld()) return
    const changes = this.#store.since(this.#wish.kind, this.#at)
    if (!changes) {
      return void this.#fail(expired(`too old resource version: ${this.#at} (${this.#store.version})`))
    }
    for (const change of changes) this.#tell(change)
    this.#at = Math.max(this.#at, this.#store.version)
    if (this.#response.writableLength > UNSENT_LIMIT_BYTES) this.cut()
  }

  /** Goes on after history has been forgotten, when nothing was missed. */
  skip(from: number, to: number): void {
    if (this.#at >= from) this.#at = to
  }

  /** Tells how far the watch has come. */
  bookmark(): void {
    this.pump()
    if (this.#wish.bookmarks && !this.#isOver && !this.#isHeld()) this.#mark()
  }

  /** Ends the watch as the server does when its time is up. */
  end(): void {
    this.#isOver = true
    this.#response.end()
  }

  /** Ends the watch without a word. */
  cut(): void {
    this.#isOver = true
    this.#response.destroy()
  }

  #shows(object: KubeObject): boolean {
    const { namespace, matches } = this.#wish
    return (!namespace || object.metadata.namespace === namespace) && (!matches || matches(object))
  }

  #tell({ type, object, before }: Change): void {
    const is = type !== 'DELETED' && this.#shows(object)
    const was = before !== undefined && this.#shows(before)
    if (is) this.#send(was ? 'MODIFIED' : 'ADDED', object)
    else if (was) this.#send('DELETED', object)
  }

  #send(type: EventType, object: KubeObject): void {
    const { table } = this.#wish
    const shown = table ? Buffer.from(JSON.stringify(table(object))) : bytesOf(object)
    this.#response.write(Buffer.concat([Buffer.from(`{"type":"${type}","object":`), shown, END]))
  }

  #mark(annotations?: Fields): void {
    const metadata = {
      resourceVersion: String(this.#at),
      ...(annotations && { annotations }),
    }
    const { kind } = this.#wish
    const object = this.#wish.table
      ? { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata, columnDefinitions: [], rows: [] }
      : { kind: kind.kind, apiVersion: apiVersionOf(kind), metadata }
    this.#response.write(`${JSON.stringify({ type: 'BOOKMARK', object })}\n`)
  }

  #fail(refusal: Refusal): void {
    this.#response.write(`${JSON.stringify({ type: 'ERROR', object: refusal.body() })}\n`)
    this.end()
  }
}
