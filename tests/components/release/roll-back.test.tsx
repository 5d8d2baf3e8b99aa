// @vitest-environment happy-dom
import { cleanup, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import {
  openRelease,
  refused,
  releaseFrame,
  samplesFrame,
  serve,
  tell,
  textOf,
  written,
} from '@/tests/components/release/open-release'
import { FIXTURE_NOW_MS, referenceSamples } from '@/tests/fixtures/frames'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const ask = () => userEvent.click(screen.getByRole('button', { name: 'Roll back' }))
const confirm = () => screen.getByRole('button', { name: /^Roll back (now|all the same)/ })
const PARKED = { state: 'parked' as const, weight: 0, rules: { header: null, cookie: null } }
const iso = (laterMs: number) => new Date(FIXTURE_NOW_MS + laterMs).toISOString()

const everyone = referenceSamples().lanes.find(each => each.lane === 'everyone')
const parkedSamples = (inEffect: string | null, canary = 0) => ({
  due: iso(5000),
  inEffect,
  lanes: everyone
    ? [
        {
          ...everyone,
          expected: 0,
          stable: 90,
          canary,
          share: 0,
          verdict: canary > 0 ? ('not-as-configured' as const) : ('as-configured' as const),
        },
      ]
    : [],
})

test('one click asks in place, with focus, and states effect and cluster; nothing is written yet', async () => {
  const calls = serve()
  openRelease()
  await ask()
  expect(document.activeElement).toBe(confirm())
  expect(textOf(document.getElementById('roll-back-effect'))).toBe(
    'On kind-dev: weight 0, rules removed. Everyone gets user-v1.',
  )
  expect(calls).toEqual([])
})

test('Esc keeps everything as it is, and the focus returns to the button', async () => {
  const calls = serve()
  openRelease()
  await ask()
  await userEvent.keyboard('{Escape}')
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Roll back' }))
  expect(calls).toEqual([])
})

test('Enter writes, without a version, so that nothing can stand in its way', async () => {
  const calls = serve(written({ ...PARKED, resourceVersion: '1043' }))
  openRelease()
  await ask()
  await userEvent.keyboard('{Enter}')
  expect(calls).toEqual([
    { method: 'POST', url: '/api/clusters/kind-dev/releases/default/user-canary/rollback', body: {} },
  ])
})

test('it is called proven only once answers prove it; before: written, due', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  serve(written({ ...PARKED, resourceVersion: '1043' }))
  openRelease()
  await ask()
  await userEvent.click(confirm())
  tell(releaseFrame({ ...PARKED, resourceVersion: '1043' }))
  const said = () => screen.getAllByRole('status').map(textOf).join(' ')
  expect(said()).toContain('written. Waiting for the gateway.')
  expect(said()).not.toContain('proven after')
  tell(samplesFrame(parkedSamples(null)))
  expect(said()).toContain('should be in effect')
  tell(samplesFrame(parkedSamples(iso(7400))))
  expect(said()).toContain('proven after 7 s: all answers since come from stable')
})

test('answers that still come from the canary are not talked away', async () => {
  serve(written({ ...PARKED, resourceVersion: '1043' }))
  openRelease()
  await ask()
  await userEvent.click(confirm())
  tell(releaseFrame({ ...PARKED, resourceVersion: '1043' }))
  tell(samplesFrame(parkedSamples(null, 3)))
  expect(screen.getByText(/but answers still come from the canary/)).toBeDefined()
})

test('without samples it says that nothing proves it', async () => {
  serve(written({ ...PARKED, resourceVersion: '1043' }))
  openRelease({ samples: null })
  await ask()
  await userEvent.click(confirm())
  tell(releaseFrame({ ...PARKED, resourceVersion: '1043' }))
  expect(screen.getByText(/No samples can prove it/)).toBeDefined()
})

test('a refusal is said in place, and one can try again', async () => {
  const calls = serve(refused(503, { code: 'cluster-unreachable', title: 'The cluster does not answer' }))
  openRelease()
  await ask()
  await userEvent.click(confirm())
  await waitFor(() => expect(textOf(screen.getByRole('alert'))).toBe('The cluster does not answer.'))
  await userEvent.click(confirm())
  expect(calls).toHaveLength(2)
})

test('it is offered when the cluster is stale and when Halftone is read-only', () => {
  openRelease({ cluster: { state: 'stale', readOnly: true } })
  const button = screen.getByRole('button', { name: 'Roll back' })
  expect([button.hasAttribute('disabled'), button.getAttribute('aria-disabled')]).toEqual([false, null])
})

test('a release that others manage is rolled back only after that was said', async () => {
  const calls = serve(written({ ...PARKED, resourceVersion: '1043' }))
  openRelease({ release: { owner: { kind: 'Rollout', name: 'user' } } })
  await ask()
  expect(textOf(document.getElementById('roll-back-effect'))).toContain(
    'Rollout user manages this Ingress and may put the old values back.',
  )
  await userEvent.click(confirm())
  expect(calls[0]?.body).toEqual({ evenThoughOwned: true })
})
