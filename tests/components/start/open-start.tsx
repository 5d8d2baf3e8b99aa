import { act, render } from '@testing-library/react'
import { SWRConfig } from 'swr'
import { vi } from 'vitest'
import { LanguageProvider } from '@/components/shell/language-context'
import { StartPage } from '@/components/start/start-page'
import { setClock } from '@/components/ui/clock'
import type { Frame } from '@/lib/contract'
import type { ClusterState } from '@/lib/domain/model/cluster'
import type { Language } from '@/lib/language/language'
import {
  FakeEventSource,
  useFakeEventSource as fakeTheStream,
} from '@/tests/components/live/fake-event-source'
import { clusterFrame, FIXTURE_NOW_MS } from '@/tests/fixtures/frames'
import { routesFrame, userOffer, userReview } from '@/tests/fixtures/starts'

export const ROUTE = 'namespace=default&ingress=nginx-ingress&host=&path=%2Fuser&pathType=Prefix'
export const USER = `/releases/new?cluster=kind-dev&${ROUTE}`

export type Call = { method: string; url: string; body: Record<string, unknown> | null }
type Answer = (call: Call) => unknown

const problem = (status: number, body: object) =>
  Response.json({ type: 'x', status, requestId: 'r-1', ...body }, { status })
/** An answer that is a problem. */
export const refusing =
  (status: number, body: object): Answer =>
  () =>
    problem(status, body)

type Far = { offer?: Answer; review?: Answer; create?: Answer; operation?: Answer; resume?: Answer }

/** Stands in for the server and keeps what it is asked. */
export function serveStart(far: Far = {}): Call[] {
  const calls: Call[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : null
    const call: Call = { method: init.method ?? 'GET', url, body }
    calls.push(call)
    const told = await answerOf(far, call)?.(call)
    return told instanceof Response ? told : Response.json(told ?? {})
  })
  return calls
}

const accepted = { id: { cluster: 'kind-dev', namespace: 'default', name: 'user-canary' }, operation: 'op-1' }

function answerOf(far: Far, { method, url, body }: Call): Answer | undefined {
  if (url.includes('/start?')) return far.offer ?? (() => userOffer())
  if (url.includes('/operations/')) return far.operation
  if (method === 'POST' && url.endsWith('/releases') && body?.dryRun)
    return far.review ?? (() => userReview())
  if (method === 'POST' && url.endsWith('/releases')) return far.create ?? (() => accepted)
  return far.resume
}

/** Opens the page at an address, with what the stream tells. */
export function openStart(
  address: string,
  {
    frames = [routesFrame()],
    cluster = {},
    language = 'en',
  }: {
    frames?: readonly Frame[]
    cluster?: Partial<ClusterState>
    language?: Language
  } = {},
): void {
  fakeTheStream()
  setClock(FIXTURE_NOW_MS)
  window.history.replaceState(null, '', address)
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <LanguageProvider language={language}>
        <StartPage />
      </LanguageProvider>
    </SWRConfig>,
  )
  act(() => FakeEventSource.latest.snapshot([clusterFrame(cluster), ...frames]))
}

export const tell = (frame: Frame) => act(() => FakeEventSource.latest.frame(frame))
export const textOf = (element: Element | null) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
