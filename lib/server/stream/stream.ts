import 'server-only'
import type { Beat, Ready } from '@/lib/contract'
import type { Hub, Message } from '@/lib/server/hub'
import { Outbox } from '@/lib/server/stream/outbox'

/** Units: milliseconds and bytes. */
const BEAT_MS = 5_000
const COMMENT_MS = 15_000
const MOST_UNSENT = 256 * 1024
/** A browser that takes no further piece of its snapshot for this many beats is gone. */
const MOST_IDLE_BEATS = 6
/** Pieces of a snapshot are handed on when less than this is unsent. */
const AHEAD = 64 * 1024

/** The state of all clusters always comes along, and first. */
const withClusters = (topics: readonly string[]): ReadonlySet<string> => new Set(['cluster', ...topics])

const encode = (text: string) => new TextEncoder().encode(text)
const eventOf = (name: string, data: Ready | Beat) =>
  encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)

export type StreamOptions = {
  hub: Hub
  topics: readonly string[]
  /** Aborts when the browser has gone away. */
  signal: AbortSignal
  /** Aborts when the server shuts down: the stream says `bye` and ends. */
  stopping: AbortSignal
}

/**
 * Streams what is known of some topics, and from then on every change, to one browser.
 *
 * Snapshot first, so a browser that reconnects needs no replay. The snapshot is handed out as fast as it is read;
 * changes meanwhile wait, latest per key.
 * Limits: a browser with more than 256 kB unread is dropped.
 * Source: HTML standard, server-sent events.
 */
export function eventStream(options: StreamOptions): Response {
  const stream = new Stream(options)
  const body = new ReadableStream<Uint8Array>(
    {
      start: controller => stream.start(controller),
      pull: () => stream.pull(),
      cancel: () => stream.end(),
    },
    { highWaterMark: AHEAD, size: chunk => chunk?.byteLength ?? 0 },
  )
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

class Stream {
  #options: StreamOptions
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #undos: (() => void)[] = []
  #outbox = new Outbox(messages => this.#send(messages))
  #snapshot: Generator<Uint8Array>
  #held = new Map<string, Message>()
  #isLive = false
  #idleBeats = 0

  constructor(options: StreamOptions) {
    this.#options = options
    this.#snapshot = this.#snapshotOf(withClusters(options.topics))
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const { hub, topics, signal, stopping } = this.#options
    this.#controller = controller
    controller.enqueue(encode(': here\n\n'))
    if (stopping.aborted) {
      this.#bye()
      return
    }
    const beat = setInterval(() => this.#beat(), BEAT_MS)
    const comment = setInterval(() => this.#enqueue(encode(': \n\n')), COMMENT_MS)
    const [gone, bye] = [() => this.end(), () => this.#bye()]
    signal.addEventListener('abort', gone)
    stopping.addEventListener('abort', bye)
    this.#undos = [
      () => clearInterval(beat),
      () => clearInterval(comment),
      () => signal.removeEventListener('abort', gone),
      () => stopping.removeEventListener('abort', bye),
      () => this.#outbox.close(),
      ...[...withClusters(topics)].map(topic => hub.subscribe(topic, message => this.#take(message))),
    ]
    if (signal.aborted) this.end()
    else this.pull()
  }

  /** Hands on as much of the snapshot as the browser has room for. */
  pull(): void {
    this.#idleBeats = 0
    while (!this.#isLive && (this.#controller?.desiredSize ?? 0) > 0) {
      const piece = this.#snapshot.next()
      if (piece.done) this.#goLive()
      else this.#enqueue(piece.value)
    }
  }

  end(): void {
    for (const undo of this.#undos.splice(0)) undo()
    this.#snapshot.return(undefined)
    this.#held.clear()
    this.#controller = undefined
  }

  *#snapshotOf(topics: ReadonlySet<string>): Generator<Uint8Array> {
    for (const topic of topics) {
      const messages = this.#options.hub.snapshot(topic)
      for (const message of messages) {
        this.#outbox.noteSent(message)
        yield message.bytes
      }
      const keys = messages.map(message => message.key)
      if (this.#options.topics.includes(topic)) yield eventOf('ready', { topic, keys })
    }
  }

  #goLive(): void {
    this.#isLive = true
    for (const message of this.#held.values()) this.#outbox.push(message)
    this.#held.clear()
  }

  #take(message: Message): void {
    if (this.#isLive) this.#outbox.push(message)
    else this.#held.set(message.key, message)
  }

  #send(messages: readonly Message[]): void {
    for (const message of messages) this.#enqueue(message.bytes)
  }

  #beat(): void {
    this.#idleBeats++
    if (!this.#isLive && this.#idleBeats > MOST_IDLE_BEATS) this.#drop()
    else this.#enqueue(eventOf('beat', { nowMs: Date.now() }))
  }

  #enqueue(bytes: Uint8Array): void {
    const controller = this.#controller
    if (!controller) return
    if (AHEAD - (controller.desiredSize ?? 0) > MOST_UNSENT) this.#drop()
    else controller.enqueue(bytes)
  }

  /** `AbortError` is how Next knows that nothing is wrong with us. */
  #drop(): void {
    const controller = this.#controller
    this.end()
    controller?.error(new DOMException('The browser does not read', 'AbortError'))
  }

  #bye(): void {
    const controller = this.#controller
    this.end()
    controller?.enqueue(encode('event: bye\ndata: {}\n\n'))
    controller?.close()
  }
}
