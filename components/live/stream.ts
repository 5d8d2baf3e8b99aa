import type { Beat, Frame, Ready } from '@/lib/contract'

/** Whether this tab hears the server. `since` is ISO 8601. */
export type Contact = { state: 'opening' | 'open' | 'lost'; since: string }

/** What a stream tells. A snapshot is whole: keys of its topic that it does not list are gone. */
export type StreamEvents = {
  frame: (frame: Frame) => void
  snapshot: (topic: string, frames: readonly Frame[], keys: readonly string[]) => void
  contact: (contact: Contact) => void
  beat: (nowMs: number) => void
}

const SILENCE_MS = 12_000
const LOST_AFTER_MS = 2_000
const HIDDEN_MS = 60_000
const RETRY_MS = { first: 300, most: 5_000 }

const iso = (ms: number) => new Date(ms).toISOString()

/** Whether a key belongs to a topic: the same, or, for `board` and `routes`, below it. */
export const isUnder = (topic: string, key: string): boolean => key === topic || key.startsWith(`${topic}/`)

/**
 * Keeps one event stream open for a page's topics and returns its end. The frames of a topic's snapshot are held back
 * until it is complete, so that the screen changes once. Silence of 12 s counts as lost; a tab hidden for 60 s lets
 * go and comes back when shown.
 */
export function openStream(topics: readonly string[], events: StreamEvents): () => void {
  const url = `/api/stream?${topics.map(topic => `topic=${encodeURIComponent(topic)}`).join('&')}`
  let source: EventSource | undefined
  let heardMs = Date.now()
  let lostMs: number | undefined = Date.now()
  let reported: Contact['state'] | undefined
  let tries = 0
  let retry: ReturnType<typeof setTimeout> | undefined
  let hiding: ReturnType<typeof setTimeout> | undefined

  const report = (state: Contact['state'], sinceMs: number) => {
    if (reported === state) return
    reported = state
    events.contact({ state, since: iso(sinceMs) })
  }

  const close = () => {
    clearTimeout(retry)
    retry = undefined
    source?.close()
    source = undefined
  }

  const lose = () => {
    close()
    lostMs ??= heardMs
    const wait = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** tries++)
    retry = setTimeout(connect, wait * (0.5 + Math.random()))
  }

  const connect = () => {
    close()
    const current = new EventSource(url)
    source = current
    heardMs = Date.now()
    const waiting = new Map<string, Frame[]>(topics.map(topic => [topic, []]))
    const hear = () => {
      heardMs = Date.now()
    }
    current.onopen = hear
    current.onerror = lose
    current.addEventListener('bye', lose)
    current.onmessage = ({ data }) => {
      hear()
      const frame = JSON.parse(data) as Frame
      const topic = topics.find(each => isUnder(each, frame.key))
      const held = topic === undefined ? undefined : waiting.get(topic)
      if (held) held.push(frame)
      else events.frame(frame)
    }
    current.addEventListener('ready', ({ data }) => {
      hear()
      const { topic, keys } = JSON.parse(data) as Ready
      const held = waiting.get(topic) ?? []
      waiting.delete(topic)
      events.snapshot(topic, held, keys)
      if (waiting.size > 0) return
      tries = 0
      lostMs = undefined
      report('open', heardMs)
    })
    current.addEventListener('beat', ({ data }) => {
      hear()
      events.beat((JSON.parse(data) as Beat).nowMs)
    })
  }

  const watch = setInterval(() => {
    if (source && Date.now() - heardMs > SILENCE_MS) lose()
    if (lostMs !== undefined && Date.now() - lostMs >= LOST_AFTER_MS && !document.hidden)
      report('lost', lostMs)
  }, 1000)

  const letGo = () => {
    close()
    lostMs ??= Date.now()
  }
  const onVisibility = () => {
    clearTimeout(hiding)
    if (document.hidden) hiding = setTimeout(letGo, HIDDEN_MS)
    else if (!source && retry === undefined) comeBack()
  }
  const comeBack = () => {
    lostMs = Date.now()
    connect()
  }
  const onPageShow = (event: PageTransitionEvent) => event.persisted && comeBack()

  document.addEventListener('visibilitychange', onVisibility)
  window.addEventListener('pagehide', letGo)
  window.addEventListener('pageshow', onPageShow)
  report('opening', heardMs)
  connect()

  return () => {
    close()
    clearInterval(watch)
    clearTimeout(hiding)
    document.removeEventListener('visibilitychange', onVisibility)
    window.removeEventListener('pagehide', letGo)
    window.removeEventListener('pageshow', onPageShow)
  }
}
