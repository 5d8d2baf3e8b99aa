import { act, render, screen, within } from '@testing-library/react'
import { SWRConfig } from 'swr'
import { vi } from 'vitest'
import { ReleasePage } from '@/components/release/release-page'
import { ConnectionStrip } from '@/components/shell/connection-strip'
import { LanguageProvider } from '@/components/shell/language-context'
import { setClock } from '@/components/ui/clock'
import type { Frame } from '@/lib/contract'
import type { ClusterState } from '@/lib/domain/model/cluster'
import type { Release } from '@/lib/domain/model/release'
import type { Samples } from '@/lib/domain/model/samples'
import type { Language } from '@/lib/language/language'
import {
  FakeEventSource,
  useFakeEventSource as fakeTheStream,
} from '@/tests/components/live/fake-event-source'
import { clusterFrame, FIXTURE_NOW_MS, referenceRelease, referenceSamples } from '@/tests/fixtures/frames'

const NAME = 'kind-dev/default/user-canary' as const

export const releaseFrame = (part: Partial<Release> = {}): Frame => ({
  key: `release/${NAME}`,
  value: referenceRelease(part),
})
export const samplesFrame = (part: Partial<Samples> = {}): Frame => ({
  key: `samples/${NAME}`,
  value: referenceSamples(part),
})

type Given = {
  release?: Partial<Release> | null
  samples?: Partial<Samples> | null
  cluster?: Partial<ClusterState>
  language?: Language
}

const realFetch = globalThis.fetch

/** Opens the page of the reference release as the stream tells it; `null` leaves a value out. */
export function openRelease({ release = {}, samples = {}, cluster = {}, language = 'en' }: Given = {}): void {
  fakeTheStream()
  if (globalThis.fetch === realFetch) serve()
  setClock(FIXTURE_NOW_MS)
  window.history.replaceState(null, '', `/releases/${NAME}${window.location.search}`)
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <LanguageProvider language={language}>
        <ConnectionStrip />
        <ReleasePage id={{ cluster: 'kind-dev', namespace: 'default', name: 'user-canary' }} />
      </LanguageProvider>
    </SWRConfig>,
  )
  tellAll([
    clusterFrame(cluster),
    ...(release ? [releaseFrame(release)] : []),
    ...(samples ? [samplesFrame(samples)] : []),
  ])
}

/** The stream's whole picture anew. */
export const tellAll = (frames: readonly Frame[]) => act(() => FakeEventSource.latest.snapshot(frames))

/** One frame of the stream. */
export const tell = (frame: Frame) => act(() => FakeEventSource.latest.frame(frame))

export type Call = { method: string; url: string; body: unknown }

/** Stands in for the server: keeps what is sent, answers in turn; the last answer is given for good. Questions are no writes. */
export function serve(...answers: readonly (() => Response | Promise<Response>)[]): Call[] {
  const calls: Call[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (url.endsWith('/decide')) return Response.json({}, { status: 503 })
    const answer = answers[Math.min(calls.length, answers.length - 1)]
    calls.push({ method: init.method ?? 'GET', url, body: JSON.parse(String(init.body)) })
    return answer ? answer() : Response.json({})
  })
  return calls
}

export const written = (part: Partial<Release>) => () => Response.json(referenceRelease(part))
export const refused = (status: number, problem: object) => () =>
  Response.json({ type: 'x', status, requestId: 'r-1', ...problem }, { status })

export const region = (name: string) => within(screen.getByRole('region', { name }))
export const textOf = (element: Element | null) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
