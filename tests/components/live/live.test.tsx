// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react'
import { SWRConfig } from 'swr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useEvery, useLive, useLiveValue } from '@/components/live'
import { FakeEventSource, useFakeEventSource } from '@/tests/components/live/fake-event-source'
import { boardFrames, boardRelease } from '@/tests/fixtures/frames'

const KEY = 'board/kind-dev/default/user-canary'
let drawn: Record<string, number> = {}

function One({ name }: { name: 'default/user-canary' | 'shop/review-canary' }) {
  drawn[name] = (drawn[name] ?? 0) + 1
  const release = useLiveValue<'board'>(`board/kind-dev/${name}`)
  return <p>{`${name} ${release === undefined ? 'unknown' : release === null ? 'gone' : release.weight}`}</p>
}

function Page() {
  useLive(['board'])
  const all = useEvery('board')
  return (
    <>
      <p>{all ? `${all.size} in all` : 'waiting'}</p>
      <Rows />
    </>
  )
}
const rows = (
  <>
    <One name="default/user-canary" />
    <One name="shop/review-canary" />
  </>
)
const Rows = () => rows

const show = () =>
  render(
    <SWRConfig value={{ provider: () => new Map() }}>
      <Page />
    </SWRConfig>,
  )

const user = (weight: number) => ({
  key: KEY,
  value: {
    ...boardRelease({
      path: '/user',
      host: '',
      namespace: 'default',
      stable: ['user-v1', 3, 3],
      canary: ['user-v2', 3, 3],
      weight,
      openMs: 0,
      changedMs: 0,
      by: null,
    }),
  },
})

beforeEach(() => {
  drawn = {}
  useFakeEventSource()
})
afterEach(cleanup)

test('nothing is shown as known before the first picture is complete', () => {
  show()
  act(() => FakeEventSource.latest.frame(user(20)))
  expect([screen.queryByText('waiting'), screen.queryByText('default/user-canary unknown')]).not.toContain(
    null,
  )
  act(() => FakeEventSource.latest.event('ready', { topic: 'board', keys: [KEY] }))
  screen.getByText('1 in all')
  screen.getByText('default/user-canary 20')
})

test('a frame draws its own row anew and no other', () => {
  show()
  act(() => FakeEventSource.latest.snapshot(boardFrames))
  const before = { ...drawn }
  act(() => FakeEventSource.latest.frame(user(55)))
  screen.getByText('default/user-canary 55')
  expect(drawn['default/user-canary']).toBe((before['default/user-canary'] ?? 0) + 1)
  expect(drawn['shop/review-canary']).toBe(before['shop/review-canary'])
})

test('a reconnect with the same facts draws nothing anew', async () => {
  show()
  act(() => FakeEventSource.latest.snapshot(boardFrames))
  const before = { ...drawn }
  act(() => FakeEventSource.latest.fail())
  await vi.waitFor(() => expect(FakeEventSource.opened).toHaveLength(2))
  act(() => FakeEventSource.latest.snapshot(boardFrames))
  expect(drawn).toEqual(before)
})

test('what a new picture does not list is gone', async () => {
  show()
  act(() => FakeEventSource.latest.snapshot(boardFrames))
  screen.getByText('12 in all')
  act(() => FakeEventSource.latest.fail())
  await vi.waitFor(() => expect(FakeEventSource.opened).toHaveLength(2))
  act(() => FakeEventSource.latest.snapshot(boardFrames.filter(({ key }) => key !== KEY)))
  screen.getByText('11 in all')
  screen.getByText('default/user-canary gone')
})

test('a null frame takes its row away', () => {
  show()
  act(() => FakeEventSource.latest.snapshot(boardFrames))
  act(() => FakeEventSource.latest.frame({ key: KEY, value: null }))
  screen.getByText('11 in all')
  screen.getByText('default/user-canary gone')
})

test('the last word counts when one picture tells a value twice', () => {
  show()
  act(() => FakeEventSource.latest.snapshot([user(20)]))
  act(() => {
    FakeEventSource.latest.frame(user(50))
    FakeEventSource.latest.frame(user(20))
  })
  screen.getByText('default/user-canary 20')
})
