import type { Page } from '@playwright/test'
import type { Frame } from '@/lib/contract'
import { referenceDecision } from '@/tests/fixtures/decisions'
import { FIXTURE_NOW_MS } from '@/tests/fixtures/frames'

type Contact = 'open' | 'silent'
export type Answers = Readonly<Record<string, object | null>>

/** One with a `code` and a `status` is a problem. */
const replyOf = (answer: object) =>
  'code' in answer && 'status' in answer
    ? {
        status: Number(answer.status),
        contentType: 'application/problem+json',
        body: JSON.stringify({ type: 'x', requestId: 'x', ...answer }),
      }
    : { json: answer }

/**
 * Gives a page a stream that tells these frames and then only beats: a state of the world that need not be brought
 * about. `silent`: nothing ever comes, as when the server is gone. `answers`: what reads of the API answer, by address;
 * null for none.
 */
export async function stage(
  page: Page,
  frames: readonly Frame[],
  contact: Contact = 'open',
  answers: Answers = {},
): Promise<void> {
  for (const [url, answer] of Object.entries({ '**/decide': referenceDecision(), ...answers }))
    await page.route(url, route => (answer === null ? route.abort() : route.fulfill(replyOf(answer))))
  const kindOf = (key: string) => key.split('/')[0] ?? ''
  await page.addInitScript(
    ({ told, open, nowMs }) => {
      class StagedSource extends EventTarget {
        onmessage: ((event: MessageEvent) => void) | null = null
        onopen: (() => void) | null = null
        onerror: ((event: Event) => void) | null = null
        readyState = 1
        timer: ReturnType<typeof setInterval> | undefined
        constructor(url: string) {
          super()
          if (!open) {
            setTimeout(() => this.fail(), 10)
            return
          }
          const topics = new URL(url, location.href).searchParams.getAll('topic')
          setTimeout(() => this.tell(topics), 10)
          this.timer = setInterval(() => this.beat(), 5_000)
        }
        fail() {
          const event = new Event('error')
          this.onerror?.(event)
          this.dispatchEvent(event)
        }
        say(type: string, value: unknown) {
          const event = new MessageEvent(type, { data: JSON.stringify(value) })
          if (type === 'message') this.onmessage?.(event)
          this.dispatchEvent(event)
        }
        beat() {
          this.say('beat', { nowMs })
        }
        tell(topics: string[]) {
          this.onopen?.()
          this.dispatchEvent(new Event('open'))
          this.beat()
          for (const { key, value, kind } of told) if (kind === 'cluster') this.say('message', { key, value })
          for (const topic of topics) {
            const under = told.filter(({ key }) => key === topic || key.startsWith(`${topic}/`))
            for (const { key, value } of under) this.say('message', { key, value })
            this.say('ready', { topic, keys: under.map(({ key }) => key) })
          }
        }
        close() {
          clearInterval(this.timer)
        }
      }
      Object.defineProperty(window, 'EventSource', { value: StagedSource })
    },
    {
      told: frames.map(frame => ({ ...frame, kind: kindOf(frame.key) })),
      open: contact === 'open',
      nowMs: FIXTURE_NOW_MS,
    },
  )
}
