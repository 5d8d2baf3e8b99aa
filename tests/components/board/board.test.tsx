// @vitest-environment happy-dom
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { SWRConfig } from 'swr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Board } from '@/components/board/board'
import { ConnectionStrip } from '@/components/shell/connection-strip'
import { LanguageProvider } from '@/components/shell/language-context'
import type { Frame } from '@/lib/contract'
import type { Language } from '@/lib/language/language'
import { FakeEventSource, useFakeEventSource } from '@/tests/components/live/fake-event-source'
import {
  boardFrames,
  clusterFrame,
  freeRoutes,
  HOSTILE,
  hostileFrames,
  manyFrames,
} from '@/tests/fixtures/frames'

// The router belongs to Next; here the address bar itself is enough.
vi.mock('next/navigation', () => import('@/tests/components/address-bar'))

function open(frames: readonly Frame[], language: Language = 'en', address = '/') {
  window.history.replaceState(null, '', address)
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <LanguageProvider language={language}>
        <ConnectionStrip />
        <Board />
      </LanguageProvider>
    </SWRConfig>,
  )
  act(() => FakeEventSource.latest.snapshot(frames))
}

const rows = () => within(screen.getByRole('region', { name: 'Releases' })).getAllByRole('listitem')
const rowOf = (path: string) => {
  const row = screen.getByRole('link', { name: path }).closest('li')
  if (!row) throw new Error(`no row of ${path}`)
  return within(row)
}
const frameOf = (name: string) => {
  const frame = boardFrames.find(each => each.key.endsWith(name))
  if (!frame?.value) throw new Error(`no frame ${name}`)
  return frame
}

beforeEach(() => {
  useFakeEventSource()
})
afterEach(cleanup)

test('says how many releases there are and how many need attention', () => {
  open(boardFrames)
  screen.getByRole('heading', { level: 1, name: '12 releases, 3 need attention' })
  expect(rows()).toHaveLength(12)
})

test('a row leads to its release and tells weight, rules, verdict, change and pods in words', () => {
  open(boardFrames)
  const row = rowOf('/user')
  expect(row.getByRole('link').getAttribute('href')).toBe('/releases/kind-dev/default/user-canary')
  row.getByRole('img', { name: 'weight 20 of 100' })
  row.getByRole('img', { name: 'user-v1: 3 of 3 pods ready; user-v2: 2 of 3 pods ready' })
  row.getByText('role: test')
  row.getByText('vip_user=always')
  row.getByText('As configured')
  row.getByText('18.7 % seen, 20 % configured')
  row.getByText(/chen\.jing/)
})

test('a release nobody sampled says so instead of showing a verdict', () => {
  open(boardFrames)
  rowOf('/images').getByText('not sampled')
})

test('a verdict from before the last change is no verdict', () => {
  const { key, value } = frameOf('user-canary')
  open([clusterFrame(), { key, value: { ...value, changedAt: '2099-01-01T00:00:00.000Z' } } as Frame])
  rowOf('/user').getByText('not sampled since the change')
  expect(rowOf('/user').queryByText('As configured')).toBeNull()
})

test('a release that others manage is marked as such', () => {
  open(boardFrames)
  rowOf('/stock').getByText('Managed elsewhere')
  rowOf('/stock').getByText('Rollout stock, watch only')
})

test('a canary of no route has no effect, and none is waited for', () => {
  const { key, value } = frameOf('image-canary')
  open([clusterFrame(), { key, value: { ...value, state: 'dead', routes: [], observed: null } } as Frame])
  screen.getByText('No effect')
  expect(screen.queryByText('not sampled')).toBeNull()
})

test('a dead canary says that it has no effect, and why, on demand', async () => {
  open(boardFrames)
  const row = rowOf('/v1/orders')
  row.getByText('No effect')
  const button = row.getByRole('button', { name: '1 finding: error' })
  expect(button.getAttribute('aria-expanded')).toBe('false')
  await userEvent.click(button)
  row.getByText(/has no partner and no effect/)
  row.getByText('shop/order-canary spec.rules[0].http.paths[0].pathType')
  row.getByText('Set pathType to Prefix, as in shop-ingress.')
  await userEvent.click(row.getByRole('button', { name: 'Close' }))
  expect(row.queryByText(/has no partner/)).toBeNull()
})

test('chips filter, count, and put themselves into the address', async () => {
  open(boardFrames)
  await userEvent.click(screen.getByRole('button', { name: 'Needs attention 3' }))
  expect(rows()).toHaveLength(3)
  expect(window.location.search).toBe('?show=attention')
  expect(screen.getByRole('button', { name: 'Needs attention 3' }).getAttribute('aria-pressed')).toBe('true')
})

test('a pasted address shows what it showed', () => {
  open(boardFrames, 'en', '/?show=shifting&ns=shop&q=example')
  expect(
    rows()
      .map(row => within(row).getByRole('link').textContent)
      .sort(),
  ).toEqual(['/cart', '/coupons', '/reviews', '/search', '/stock'])
})

test('a nonsense address shows everything rather than failing', () => {
  open(boardFrames, 'en', '/?show=__proto__&ns=&q=')
  expect(rows()).toHaveLength(12)
})

test('search shows what is typed at once, keeps every letter, and rests in the address', async () => {
  open(boardFrames)
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search' }), 'sun.yu')
  await waitFor(() => expect(rows()).toHaveLength(2))
  await waitFor(() => expect(window.location.search).toBe('?q=sun.yu'))
})

test('a filter that nothing fits says so and can be taken away', async () => {
  open(boardFrames, 'en', '/?q=no-such-thing')
  screen.getByText('No release matches this filter.')
  await userEvent.click(screen.getByRole('button', { name: 'Show all' }))
  await waitFor(() => expect(rows()).toHaveLength(12))
})

test('a canary made elsewhere appears by itself, and one deleted goes', () => {
  open([clusterFrame(), ...freeRoutes])
  expect(screen.queryByRole('link', { name: '/user' })).toBeNull()
  act(() => FakeEventSource.latest.frame(frameOf('user-canary')))
  screen.getByRole('heading', { level: 1, name: '1 release, 1 needs attention' })
  rowOf('/user').getByText('As configured')
  act(() => FakeEventSource.latest.frame({ key: frameOf('user-canary').key, value: null }))
  expect(screen.queryByRole('link', { name: '/user' })).toBeNull()
})

test('an empty board says what was looked for, where, and what would change it', () => {
  open([clusterFrame(), ...freeRoutes])
  screen.getByText('No canary Ingress in the 4 namespaces where Halftone sees Ingresses.')
  screen.getByText(/9 ordinary Ingresses in identity, messaging, payments, and shop.*9 routes could have one/)
})

test('an empty board without a cluster does not claim that there is nothing', () => {
  open([clusterFrame({ state: 'unreachable' })])
  screen.getByRole('heading', { level: 1, name: 'Reading the cluster' })
  screen.getByText('No cluster has answered yet, so nothing is known about its releases.')
})

test('routes without a release are listed below', () => {
  open(boardFrames)
  const section = within(screen.getByRole('region', { name: 'Routes without a release' }))
  expect(section.getAllByRole('listitem')).toHaveLength(9)
  section.getByText('9 in 4 namespaces')
})

test('a stale cluster is told with its time and the next try, and its rows no longer claim a colour', () => {
  const stale = clusterFrame({
    state: 'stale',
    since: '2026-11-18T14:31:52Z',
    nextTryAt: '2099-01-01T00:00:00Z',
  })
  open([stale, ...boardFrames.slice(1)])
  const strip = within(screen.getAllByRole('status')[0] ?? document.body)
  strip.getByText(/^Stale since .*:31:52/)
  strip.getByText(/Trying again in/)
  expect(rowOf('/user').getByText('As configured').className).not.toContain('text-ok')
})

test('a kind that cannot be read is named with the reason; the rest works', () => {
  open([clusterFrame({ unreadable: [{ kind: 'pods', why: 'forbidden' }] }), ...boardFrames.slice(1)])
  screen.getByText('Halftone cannot read pods of kind-dev.')
  expect(rows()).toHaveLength(12)
})

test('names that look like markup are text', () => {
  open(hostileFrames)
  expect(document.querySelector('img')).toBeNull()
  expect(document.querySelector('main')?.textContent).toContain(HOSTILE)
})

test('the same board in Chinese, with the product’s words', async () => {
  open(boardFrames, 'zh-CN')
  screen.getByRole('heading', { level: 1, name: '12 个灰度发布，3 个需要处理' })
  const row = rowOf('/user')
  row.getByText('与配置一致')
  row.getByText('实测 18.7%，已配置 20%')
  row.getByRole('img', { name: '权重 20 / 100' })
  const dead = rowOf('/v1/orders')
  await userEvent.click(dead.getByRole('button', { name: '1 条诊断: 错误' }))
  expect(dead.getByText(/对控制器来说/).textContent).toContain('没有配对')
})

test('of many releases a screenful is there at once and all of them soon', async () => {
  open(manyFrames(150))
  screen.getByRole('heading', { level: 1, name: '150 releases, none needs attention' })
  const first = rows().length
  expect([first > 0, first < 150]).toEqual([true, true])
  await waitFor(() => expect(rows()).toHaveLength(150), { timeout: 10_000 })
})
