import 'server-only'
import type { Frame } from '@/lib/contract'

/** One frame on its way to any number of browsers: made into bytes once, and only if somebody listens. */
export class Message {
  readonly key: string
  #frame: Frame
  #bytes: Uint8Array | undefined

  constructor(frame: Frame) {
    this.key = frame.key
    this.#frame = frame
  }

  /** Which configuration samples are of: when it came about; undefined for anything else. */
  get since(): string | undefined {
    const { value } = this.#frame
    return value && 'inEffect' in value ? value.since : undefined
  }

  get bytes(): Uint8Array {
    this.#bytes ??= new TextEncoder().encode(`data: ${JSON.stringify(this.#frame)}\n\n`)
    return this.#bytes
  }
}

export type Send = (message: Message) => void
/** Called with the first subscriber of a topic; what it returns is called after the last one has gone. */
export type Watch = (topic: string) => (() => void) | undefined

/** The topic a key belongs to: a kind whose keys are wanted all together, or for one release's own key the key itself. */
export const topicOf = (key: string): string =>
  /^(cluster|board|routes|half-started|operation)\//.exec(key)?.[1] ?? key

/**
 * What is known now, by key, and who wants to hear about it. Holds whole values only, so a newcomer needs no past.
 * Limits: keys of `release/…` and `samples/…` stay until they are published as null.
 */
export class Hub {
  #latest = new Map<string, Map<string, Message>>()
  #sends = new Map<string, Set<Send>>()
  #ends = new Map<string, () => void>()
  #watch: Watch

  constructor(watch: Watch = () => undefined) {
    this.#watch = watch
  }

  publish(frame: Frame): void {
    const topic = topicOf(frame.key)
    const message = new Message(frame)
    const latest = this.#latest.get(topic) ?? new Map<string, Message>()
    if (frame.value === null) latest.delete(frame.key)
    else latest.set(frame.key, message)
    if (latest.size) this.#latest.set(topic, latest)
    else this.#latest.delete(topic)
    for (const send of this.#sends.get(topic) ?? []) send(message)
  }

  /** Everything known about a topic, in the order in which it was first published. */
  snapshot(topic: string): Message[] {
    return [...(this.#latest.get(topic)?.values() ?? [])]
  }

  /** Calls `send` with every later message of the topic, until the returned function is called. */
  subscribe(topic: string, send: Send): () => void {
    const sends = this.#sends.get(topic) ?? new Set<Send>()
    sends.add(send)
    if (sends.size === 1) {
      this.#sends.set(topic, sends)
      const end = this.#watch(topic)
      if (end) this.#ends.set(topic, end)
    }
    return () => {
      if (!sends.delete(send) || sends.size) return
      this.#sends.delete(topic)
      this.#ends.get(topic)?.()
      this.#ends.delete(topic)
    }
  }
}
