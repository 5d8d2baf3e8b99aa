// @vitest-environment happy-dom
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { SWRConfig } from 'swr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Board } from '@/components/board/board'
import { LanguageProvider } from '@/components/shell/language-context'
import { setClock } from '@/components/ui/clock'
import type { Frame } from '@/lib/contract'
import { FakeEventSource, useFakeEventSource } from '@/tests/components/live/fake-event-source'
import { serveStart, textOf } from '@/tests/components/start/open-start'
import { boardFrames, clusterFrame, FIXTURE_NOW_MS, freeRoutes } from '@/tests/fixtures/frames'
import { halfStartedFrame, stoppedWork, work, workFrame } from '@/tests/fixtures/starts'

vi.mock('next/navigation', () => import('@/tests/components/address-bar'))

beforeEach(() => useFakeEventSource())
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function open(frames: readonly Frame[]) {
  setClock(FIXTURE_NOW_MS)
  window.history.replaceState(null, '', '/')
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <LanguageProvider language="en">
        <Board />
      </LanguageProvider>
    </SWRConfig>,
  )
  act(() => FakeEventSource.latest.snapshot(frames))
}
const half = () => within(screen.getByRole('region', { name: 'Half-started' }))

test('a start that has not come to its end stands above the free routes, with what it made', () => {
  open([clusterFrame(), halfStartedFrame(), ...freeRoutes])
  half().getByText('1 start has not come to an end')
  half().getByRole('heading', { name: '/user' })
  half().getByText('0 of 3 pods ready')
  half().getByText(/Deployment user-v2 and Service service-user-v2/)
  half().getByText(/No canary Ingress: no request reaches it/)
})

test('it can be gone on with; then its progress stands there, in one line', async () => {
  const calls = serveStart({ resume: () => ({ id: {}, operation: 'op-1' }) })
  open([clusterFrame(), halfStartedFrame(), workFrame(stoppedWork({ operation: 'op-0' }))])
  half().getByText('The start of user-canary stopped')
  await userEvent.click(half().getByRole('button', { name: 'Continue' }))
  expect(calls[0]?.url).toMatch(/\/user-canary\/continue$/)
  await waitFor(() => expect(half().queryByRole('button', { name: 'Continue' })).toBeNull())
  act(() => FakeEventSource.latest.frame(workFrame(work('pods', { startedAt: '2026-11-18T14:31:59Z' }))))
  half().getByText(/^Step 3 of 6/)
  const link = half().getByRole('link', { name: 'Follow it' }).getAttribute('href')
  expect(new URLSearchParams(link?.split('?')[1]).get('operation')).toBe('op-1')
})

test('removing states what will be deleted', async () => {
  serveStart()
  open([clusterFrame(), halfStartedFrame()])
  await userEvent.click(half().getByRole('button', { name: 'Remove what was created' }))
  expect(textOf(half().getByRole('group'))).toContain(
    'Deployment user-v2 and Service service-user-v2 will be deleted',
  )
})

test('work under way offers no second one', () => {
  open([clusterFrame(), halfStartedFrame({ isRunning: true })])
  expect(half().queryByRole('button', { name: 'Continue' })).toBeNull()
})

test('a free route leads to its start; read-only says why it does not', () => {
  open([clusterFrame(), ...freeRoutes])
  const free = within(screen.getByRole('region', { name: 'Routes without a release' }))
  const href = free.getByRole('link', { name: /\/refund/ }).getAttribute('href') ?? ''
  expect(Object.fromEntries(new URLSearchParams(href.split('?')[1]))).toEqual({
    cluster: 'kind-dev',
    namespace: 'payments',
    ingress: 'refund-ingress',
    host: 'pay.shop.example',
    path: '/refund',
    pathType: 'Prefix',
  })
  act(() => FakeEventSource.latest.frame(clusterFrame({ readOnly: true })))
  expect(free.queryByRole('link', { name: /\/refund/ })).toBeNull()
  free.getByText(/Read-only: Halftone was started/)
})

test('a failed operation counts as needing attention and is told in its row', () => {
  const problem = { code: 'pods-not-ready', title: '0 of 3 pods are ready' } as const
  const failed = work('pods', { kind: 'image', state: 'failed', problem })
  open([
    ...boardFrames,
    workFrame({ ...failed, id: { cluster: 'kind-dev', namespace: 'shop', name: 'cart-canary' } }),
  ])
  screen.getByRole('button', { name: 'Needs attention 4' })
  const row = screen.getByRole('link', { name: '/cart' }).closest('li')
  expect(textOf(row)).toMatch(/The fixed build of cart-canary stopped ?0 of 3 pods are ready\./)
})

test('running work on a release is told in its row and needs no attention', () => {
  const image = work('image', { kind: 'image' })
  open([
    ...boardFrames,
    workFrame({ ...image, id: { cluster: 'kind-dev', namespace: 'shop', name: 'cart-canary' } }),
  ])
  screen.getByRole('button', { name: 'Needs attention 3' })
  expect(textOf(screen.getByRole('link', { name: '/cart' }).closest('li'))).toContain(
    'Step 2 of 4: Setting image',
  )
})
