/** A stand-in for the browser's EventSource, which happy-dom lacks; the test is the server. */
export class FakeEventSource extends EventTarget {
  static opened: FakeEventSource[] = []
  static get latest(): FakeEventSource {
    const latest = FakeEventSource.opened.at(-1)
    if (!latest) throw new Error('no stream was opened')
    return latest
  }

  onopen: ((event: Event) => void) | null = null
  onerror: ((event: Event) => void) | null = null
  onmessage: ((event: MessageEvent) => void) | null = null
  closed = false
  readonly url: string

  constructor(url: string) {
    super()
    this.url = url
    FakeEventSource.opened.push(this)
  }

  close() {
    this.closed = true
  }

  /** Sends one frame. */
  frame(frame: unknown) {
    if (!this.closed) this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(frame) }))
  }

  /** Sends a named event. */
  event(name: string, data: unknown) {
    if (!this.closed) this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }))
  }

  /** Sends the whole picture of the topics that were asked for. */
  snapshot(frames: readonly { key: string; value: unknown }[]) {
    const topics = new URL(this.url, 'http://x').searchParams.getAll('topic')
    for (const frame of frames.filter(each => each.key.startsWith('cluster/'))) this.frame(frame)
    for (const topic of topics) {
      const own = frames.filter(each => each.key === topic || each.key.startsWith(`${topic}/`))
      for (const frame of own) this.frame(frame)
      this.event('ready', { topic, keys: own.map(each => each.key) })
    }
  }

  fail() {
    this.onerror?.(new Event('error'))
  }
}

/** Puts the stand-in in place for one test file. */
export function useFakeEventSource(): void {
  FakeEventSource.opened = []
  Object.assign(globalThis, { EventSource: FakeEventSource })
}
