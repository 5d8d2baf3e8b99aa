// @vitest-environment happy-dom
import { cleanup, fireEvent, renderHook, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { useObserved } from '@/components/release/use-facts'
import { LanguageProvider } from '@/components/shell/language-context'
import { claimsOf } from '@/lib/domain/claims'
import type { LaneSamples, Samples } from '@/lib/domain/model/samples'
import {
  openRelease,
  refused,
  region,
  samplesFrame,
  serve,
  tell,
  textOf,
} from '@/tests/components/release/open-release'
import { HOSTILE, referenceRelease, referenceSamples } from '@/tests/fixtures/frames'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  window.history.replaceState(null, '', '/')
})

const withLane = (lane: LaneSamples['lane'], part: Partial<LaneSamples>): Partial<Samples> => ({
  lanes: referenceSamples().lanes.map(each => (each.lane === lane ? { ...each, ...part } : each)),
})
const verdictOf = (name: string, lane: RegExp) => {
  const row = screen.getByRole('table', { name }).querySelectorAll('tbody tr')
  const found = [...row].find(each => lane.test(textOf(each)))
  return textOf(found?.lastElementChild ?? null)
}
const BLANK = { share: null, stable: 0, canary: 0, unknown: 0, errors: 0, sent: 0 }

test.each<[string, Partial<LaneSamples>, RegExp]>([
  [
    'as configured names figure, configuration and tolerance',
    {},
    /^As configured 18\.7.% seen, 20.% configured \(±.10.%\)$/,
  ],
  [
    'not as configured',
    { verdict: 'not-as-configured', share: 0.031 },
    /^Not as configured 3\.1.% seen, 20.% configured$/,
  ],
  [
    'not enough yet says how many more',
    { verdict: 'not-enough-yet', missing: 120 },
    /^Not enough yet 18\.7.% seen so far, about 120 more needed for ±.10.%$/,
  ],
  [
    'nothing answered yet is no share of zero',
    { ...BLANK, verdict: 'not-enough-yet', missing: 280 },
    /^Not enough yet no answer yet, about 280 more needed/,
  ],
  [
    'cannot measure says why',
    { verdict: 'cannot-measure', why: 'asks-for-login' },
    /^Cannot measure the answers ask for a login$/,
  ],
])('%s', (_case, part, words) => {
  openRelease({ samples: withLane('everyone', part) })
  expect(verdictOf('Lanes', /^everyone/)).toMatch(words)
})

test('the same verdicts in Chinese', () => {
  openRelease({
    language: 'zh-CN',
    samples: withLane('cookie', { verdict: 'cannot-measure', why: 'needs-example' }),
  })
  expect(verdictOf('通道', /^所有人/)).toMatch(/^与配置一致 实测 18\.7%，已配置 20%（±.10%）$/)
  expect(verdictOf('通道', /^Cookie/)).toBe('无法测量 路径、主机或模式需要示例')
})

test('where answers name no version, examples show what they said, as text', async () => {
  const examples = [
    { status: 200, contentType: 'text/html', words: [] },
    { status: 200, contentType: HOSTILE, words: ['user-v1', 'user-v2'] },
  ]
  openRelease({
    samples: withLane('everyone', {
      verdict: 'cannot-measure',
      why: 'unknown-answers',
      unknown: 340,
      stable: 500,
      canary: 159,
      errors: 1,
      examples,
    }),
  })
  expect(verdictOf('Lanes', /^everyone/)).toContain('too many answers name no version, 34')
  await userEvent.click(screen.getByText('2 example answers'))
  expect(screen.getByText('200 text/html: found no version')).toBeDefined()
  expect(screen.getByText(`200 ${HOSTILE}: found user-v1 and user-v2`)).toBeDefined()
  expect(document.querySelector('img')).toBeNull()
})

test('a changed verdict is announced politely', () => {
  openRelease()
  tell(samplesFrame(withLane('everyone', { verdict: 'not-as-configured', share: 0.02 })))
  const live = [...document.querySelectorAll('[aria-live="polite"]')].map(textOf)
  expect(live).toContain('everyone: Not as configured, header: As configured, cookie: Not enough yet')
})

test('written, due and in effect are three different things', () => {
  openRelease({ samples: { inEffect: null, inEffectMissing: 46 } })
  expect(region('Proof').getByText(/not yet distinguishable \(about 46 more answers\)/)).toBeDefined()
  tell(samplesFrame())
  expect(region('Proof').getByText(/in effect since .*, proven by answers/)).toBeDefined()
})

test('one answer can be looked at by keyboard', () => {
  openRelease()
  const field = region('Proof').getByRole('slider')
  expect(field.getAttribute('aria-label')).toMatch(/user-v1 3\d\d, user-v2 \d\d, unknown 1, error 1/)
  fireEvent.keyDown(field, { key: 'ArrowLeft' })
  expect(field.getAttribute('aria-valuetext')).toMatch(/user-v[12] · 200 · \d+ ms/)
})

test('Pause freezes this page’s picture and says since when; sampling goes on', async () => {
  openRelease()
  await userEvent.click(screen.getByRole('button', { name: 'Pause' }))
  tell(samplesFrame(withLane('everyone', { sent: 9999 })))
  expect(screen.getByText(/This picture stands still since/)).toBeDefined()
  expect(screen.queryByText('9,999')).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Go on' }))
  expect(screen.getByText('9,999')).toBeDefined()
})

test('the window stands in the address, and a pasted address shows it', async () => {
  openRelease()
  const window10 = () => screen.getByRole('combobox', { name: 'Window' })
  expect(window10()).toHaveProperty('value', '10')
  await userEvent.selectOptions(window10(), '30')
  expect(window.location.search).toBe('?window=30')
  cleanup()
  openRelease()
  expect(window10()).toHaveProperty('value', '30')
})

test('the table shows the chart’s figures', async () => {
  openRelease()
  await userEvent.click(screen.getByRole('button', { name: 'View as table' }))
  expect(screen.getByRole('table', { name: 'Share over time, everyone' })).toBeDefined()
})

test('the rate is a setting of the release: it is sent, and a refusal is said beside it', async () => {
  const calls = serve(refused(403, { code: 'read-only', title: 'Halftone is read-only' }))
  openRelease()
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Rate' }), '10')
  expect(calls[0]).toMatchObject({ method: 'PUT', body: { perSecond: 10 } })
  await waitFor(() =>
    expect(region('Proof').getByRole('alert')).toHaveProperty('textContent', 'Halftone is read-only.'),
  )
})

test('nothing sampled: it is said, instead of an empty chart', () => {
  openRelease({ samples: null })
  expect(
    region('Proof').getByText(
      'Opening this page starts the probes; the first answers appear here by themselves.',
    ),
  ).toBeDefined()
  cleanup()
  openRelease({
    samples: { series: { everyone: [], header: [], cookie: [] }, recent: [], answeredSoFar: 0 },
  })
  expect(region('Proof').getByText('No answers in this window yet.')).toBeDefined()
})

test('where nothing can be measured the bar claims nothing observed', () => {
  openRelease({ samples: withLane('everyone', { verdict: 'cannot-measure', why: 'gateway-unreachable' }) })
  expect(region('Traffic').queryByText(/^observed/)).toBeNull()
})

test('a sample that moves the share by less than a tenth of a percent redraws neither bar nor controls', () => {
  const release = referenceRelease()
  const observe = (share: number) => {
    const samples = referenceSamples(withLane('everyone', { share }))
    return { samples, claims: claimsOf({ release, connection: 'live', samples, unreadable: [] }) }
  }
  const wrapper = ({ children }: { children: ReactNode }) => (
    <LanguageProvider language="en">{children}</LanguageProvider>
  )
  const { result, rerender } = renderHook(({ samples, claims }) => useObserved(samples, claims), {
    wrapper,
    initialProps: observe(0.18701),
  })
  const before = result.current.observed
  rerender(observe(0.18702))
  expect(result.current.observed).toBe(before)
  rerender(observe(0.2))
  expect(result.current.observed).not.toBe(before)
})

test('very long names are cut in the table, whole on hover', () => {
  const name = 'a'.repeat(63)
  const { canary } = referenceRelease()
  openRelease({
    release: { canary: { ...canary, deployments: canary.deployments.map(each => ({ ...each, name })) } },
  })
  expect(
    within(screen.getByRole('table', { name: 'Lanes' })).getAllByTitle(new RegExp(name)),
  ).not.toHaveLength(0)
})
