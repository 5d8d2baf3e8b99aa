// @vitest-environment happy-dom
import { act, cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { SWRConfig } from 'swr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useLive } from '@/components/live'
import { Shell } from '@/components/shell/shell'
import { SEARCH_MARK } from '@/components/shell/shortcuts'
import type { Frame } from '@/lib/contract'
import { FakeEventSource, useFakeEventSource } from '@/tests/components/live/fake-event-source'
import { clusterFrame } from '@/tests/fixtures/frames'

const router = { push: vi.fn(), refresh: vi.fn() }
vi.mock('next/navigation', () => ({ useRouter: () => router, usePathname: () => '/' }))

function Page() {
  useLive(['board'])
  return <input aria-label="find" {...SEARCH_MARK} />
}

function open(frames: readonly Frame[] = [clusterFrame()], language: 'en' | 'zh-CN' = 'en') {
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <Shell language={language}>
        <Page />
      </Shell>
    </SWRConfig>,
  )
  act(() => FakeEventSource.latest.snapshot(frames))
}

beforeEach(() => {
  useFakeEventSource()
  router.push.mockClear()
  router.refresh.mockClear()
  delete document.documentElement.dataset.theme
})
afterEach(cleanup)

test.each([
  ['one cluster is named', [clusterFrame()], 'kind-dev connected'],
  ['several are counted', [clusterFrame(), clusterFrame({ cluster: 'prod' })], '2 clusters connected'],
  ['a stale one is named', [clusterFrame({ state: 'stale' })], 'kind-dev stale'],
  [
    'of several it is said how many are down',
    [clusterFrame(), clusterFrame({ cluster: 'prod', state: 'unreachable' })],
    '1 of 2 clusters not live',
  ],
])('%s', (_case, frames, text) => {
  open(frames)
  screen.getByText(text)
})

test('no contact with the server outweighs what clusters last said', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  open([clusterFrame({ state: 'stale' })])
  for (let second = 0; second < 4; second++) {
    act(() => {
      FakeEventSource.latest.fail()
      vi.advanceTimersByTime(1000)
    })
  }
  screen.getByText(/^No contact with Halftone since/)
  expect(screen.queryByText(/^Stale since/)).toBeNull()
  vi.useRealTimers()
})

test('the theme is remembered for a year and shown at once', async () => {
  open()
  await userEvent.click(screen.getByRole('button', { name: 'Dark theme' }))
  expect(document.documentElement.dataset.theme).toBe('dark')
  expect(document.cookie).toContain('halftone-theme=dark')
  await userEvent.click(screen.getByRole('button', { name: 'Light theme' }))
  expect(document.documentElement.dataset.theme).toBe('light')
})

test('the other language is offered in its own name, remembered, and asked of the server', async () => {
  open()
  const button = screen.getByRole('button', { name: '中文' })
  expect(button.getAttribute('lang')).toBe('zh-CN')
  await userEvent.click(button)
  expect(document.cookie).toContain('halftone-language=zh-CN')
  expect(router.refresh).toHaveBeenCalledOnce()
})

const withdrawn = ['ingresses', 'pods'].map(kind => ({ kind, why: 'forbidden' }))

test.each([
  [
    'what a stale picture of a silent cluster is',
    clusterFrame({ state: 'stale', nextTryAt: '2026-01-01T00:00:00Z' }),
    ['does not answer; what you see is the last picture.', 'Roll back is still offered.'],
  ],
  [
    'that a cluster answers but may no longer be read, all kinds in one line',
    clusterFrame({ state: 'stale', unreadable: withdrawn }),
    [
      'kind-dev answers, but no longer lets Halftone read Ingresses; what you see is the last picture.',
      'Halftone cannot read ingresses and pods of kind-dev. The cluster forbids it to this identity.',
    ],
  ],
  [
    'that credentials are no longer accepted, and what is left out while the rest is live',
    clusterFrame({ unreadable: [{ kind: 'pods', why: 'unauthorized' }] }),
    ['credentials of Halftone; they may have expired. What depends on it is left out.'],
  ],
  [
    'nothing of an answer that has not come where a cluster refuses all from the beginning',
    clusterFrame({ state: 'unreachable', unreadable: withdrawn }),
    ['Halftone cannot read ingresses and pods of kind-dev.'],
  ],
])('the strip says %s', (_case, frame, texts) => {
  open([frame])
  const said = screen.getByRole('status').textContent ?? ''
  for (const text of texts) expect(said).toContain(text)
  expect(said.includes('has not answered yet')).toBe(false)
})

test('in Chinese English is offered', () => {
  open([clusterFrame()], 'zh-CN')
  screen.getByRole('button', { name: 'English' })
  screen.getByText('已连接 kind-dev')
})

test('/ goes to the search, and stays a letter in it', async () => {
  open()
  const search = screen.getByRole('textbox', { name: 'find' })
  await userEvent.keyboard('/')
  expect(document.activeElement).toBe(search)
  await userEvent.keyboard('/g')
  expect(search).toHaveProperty('value', '/g')
})

test('g b goes to the board; b alone goes nowhere', async () => {
  open()
  await userEvent.keyboard('b')
  expect(router.push).not.toHaveBeenCalled()
  await userEvent.keyboard('gb')
  expect(router.push).toHaveBeenCalledExactlyOnceWith('/')
})

test('g s goes to the status, also after a key that leads nowhere', async () => {
  open()
  await userEvent.keyboard('gxs')
  expect(router.push).not.toHaveBeenCalled()
  await userEvent.keyboard('gs')
  expect(router.push).toHaveBeenCalledExactlyOnceWith('/status')
})

test('every page is in the bar, and behind one button on a phone; where one is, is marked', () => {
  open()
  const pagesIn = (name: string) =>
    within(screen.getByRole('navigation', { name, hidden: true }))
      .getAllByRole('link', { hidden: true })
      .map(each => [each.textContent, each.getAttribute('href'), each.getAttribute('aria-current')])
  const pages = [
    ['Board', '/', 'page'],
    ['Status', '/status', null],
  ]
  expect(pagesIn('Main')).toEqual(pages)
  expect(pagesIn('Pages')).toEqual(pages)
  const button = screen.getByRole('button', { name: 'Pages' })
  const menu = screen.getByRole('navigation', { name: 'Pages', hidden: true })
  expect(button.getAttribute('popovertarget')).toBe(menu.id)
})

test('keys typed with a modifier belong to the browser', async () => {
  open()
  await userEvent.keyboard('{Control>}/{/Control}')
  expect(document.activeElement).toBe(document.body)
})

test('? opens the list of keys, and it closes again', async () => {
  open()
  await userEvent.keyboard('?')
  screen.getByRole('dialog', { name: 'Keyboard' })
  await userEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('the first thing the keyboard meets leads past the bar', async () => {
  open()
  await userEvent.tab()
  expect(document.activeElement?.getAttribute('href')).toBe('#content')
})
