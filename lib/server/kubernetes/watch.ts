import 'server-only'
import { fail } from '@/lib/domain/problem'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { linesOf } from '@/lib/server/kubernetes/lines'
import { explainNetwork, type Outcome, type Refusal, refuse } from '@/lib/server/kubernetes/refusal'

/** One event of a watch. `version` is where the watch could go on from. */
export type WatchEvent =
  | { type: 'present'; raw: unknown; version: string }
  | { type: 'deleted'; raw: unknown; version: string }
  | { type: 'bookmark'; version: string }

export type WatchOptions = {
  connection: Connection
  path: string
  /** Version after which events are wanted. */
  from: string
  /** The server ends the watch by itself after this. */
  seconds: number
  /** No byte for this long ends the watch with status `SILENT`. */
  idleMs: number
  /** How long after its beginning an answer counts only if something was told: a server takes it back as an event. */
  settleMs: number
  signal: AbortSignal
  /** The server answers, and has not taken it back. */
  opened: () => void
  /** Something has been told. */
  heard: () => void
  take: (event: WatchEvent) => void
}

/** Status of a watch that ended because nothing came any more. */
export const SILENT = -1
const OPEN_LIMIT_MS = 10_000

/**
 * Follows the changes of one list until the server ends the watch; ok then.
 * Errors: status 410 when events since `from` are gone, SILENT when nothing came, else the server's or the network's.
 */
export async function followWatch(options: WatchOptions): Promise<Outcome<null>> {
  const silence = new Silence(options.idleMs)
  const signal = AbortSignal.any([options.signal, silence.signal])
  let settling: NodeJS.Timeout | undefined
  try {
    const query = new URLSearchParams({
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion: options.from,
      timeoutSeconds: String(options.seconds),
    })
    const stream = await options.connection.stream(`${options.path}?${query}`, {
      timeoutMs: Math.min(OPEN_LIMIT_MS, options.idleMs),
      signal,
    })
    if (!stream.ok) return silence.signal.aborted ? silent() : stream
    if (options.settleMs > 0) settling = setTimeout(options.opened, options.settleMs)
    else options.opened()
    const arriving = async function* () {
      for await (const chunk of stream.value as AsyncIterable<Uint8Array>) {
        silence.broken()
        yield chunk
      }
    }
    for await (const line of linesOf(arriving())) {
      const refusal = takeLine(line, options.take)
      if (refusal) return refusal
      options.heard()
    }
    return { ok: true, value: null }
  } catch (error) {
    return silence.signal.aborted ? silent() : explainNetwork(error)
  } finally {
    silence.end()
    clearTimeout(settling)
  }
}

const silent = (): Refusal => ({
  ...refuse(fail('cluster-unreachable', 'The cluster went silent').problem),
  status: SILENT,
})

function takeLine(line: string, take: (event: WatchEvent) => void): Refusal | null {
  let event: { type?: unknown; object?: { metadata?: { resourceVersion?: unknown }; code?: unknown } } | null
  try {
    event = JSON.parse(line) as typeof event
  } catch {
    return refuse(fail('cluster-unreachable', 'The API server sent an event that is no JSON').problem)
  }
  if (event?.type === 'ERROR') {
    const code = typeof event.object?.code === 'number' ? event.object.code : 500
    const { problem } = fail('cluster-unreachable', 'The cluster ended the watch')
    return { ok: false, problem, status: code, retryAfterMs: null }
  }
  const version = event?.object?.metadata?.resourceVersion
  if (typeof version !== 'string') return null
  if (event?.type === 'BOOKMARK') take({ type: 'bookmark', version })
  if (event?.type === 'DELETED') take({ type: 'deleted', raw: event.object, version })
  if (event?.type === 'ADDED' || event?.type === 'MODIFIED') {
    take({ type: 'present', raw: event.object, version })
  }
  return null
}

/** Aborts when not broken for a while. Checks lazily, so that a busy watch costs one timer per limit. */
class Silence {
  #abort = new AbortController()
  #limitMs: number
  #sinceMs = performance.now()
  #timer: NodeJS.Timeout

  constructor(limitMs: number) {
    this.#limitMs = limitMs
    this.#timer = setTimeout(() => this.#check(), limitMs)
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  broken(): void {
    this.#sinceMs = performance.now()
  }

  end(): void {
    clearTimeout(this.#timer)
  }

  #check(): void {
    const leftMs = this.#limitMs - (performance.now() - this.#sinceMs)
    if (leftMs <= 0) this.#abort.abort()
    else this.#timer = setTimeout(() => this.#check(), leftMs)
  }
}
