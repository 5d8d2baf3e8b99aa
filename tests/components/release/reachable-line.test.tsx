// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { ReachableLine } from '@/components/release/reachable-line'
import { LanguageProvider } from '@/components/shell/language-context'
import { claimsOf } from '@/lib/domain/claims'
import type { Release } from '@/lib/domain/model/release'
import type { Samples } from '@/lib/domain/model/samples'
import type { Language } from '@/lib/language/language'
import { referenceRelease, referenceSamples } from '@/tests/fixtures/frames'

afterEach(cleanup)

const parked: Partial<Release> = { state: 'parked', weight: 0, rules: { header: null, cookie: null } }

function said(reachable: Samples['reachable'], language: Language = 'en', more: Partial<Release> = parked) {
  const release = referenceRelease(more)
  const everyone = referenceSamples().lanes.filter(each => each.lane === 'everyone')
  const samples = referenceSamples({ reachable, lanes: everyone.map(each => ({ ...each, expected: 0 })) })
  const claims = claimsOf({ release, connection: 'live', samples, unreadable: [] })
  const { container } = render(
    <LanguageProvider language={language}>
      <ReachableLine release={release} claims={claims} />
    </LanguageProvider>,
  )
  return container.textContent?.trim()
}

const at = '2026-01-02T12:03:05Z'

test('a parked canary that has answered is said to be reachable, and since when it is known', () => {
  expect(said({ state: 'proven', at })).toMatch(/^user-v2 is reachable: proven \d\d:03:05/)
})

test('what is not proven is not said to be reachable', () => {
  expect(said({ state: 'not-proven', at: null })).toBe('No answer has proven yet that user-v2 is reachable')
  cleanup()
  expect(said({ state: 'cannot-measure', at: null })).toBe('Whether user-v2 is reachable cannot be measured')
})

test('the same in 中文', () => {
  expect(said({ state: 'proven', at }, 'zh-CN')).toMatch(/^user-v2 可以访问：\d\d:03:05 已证实/)
})

test('nothing is said of a release that is not parked', () => {
  expect(said({ state: 'proven', at }, 'en', { ...parked, state: 'marked' })).toBe('')
})
