// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { ChangeLine } from '@/components/release/proof/change-line'
import { LanguageProvider } from '@/components/shell/language-context'
import { claimsOf } from '@/lib/domain/claims'
import type { ReplicaSamples, Samples } from '@/lib/domain/model/samples'
import type { Language } from '@/lib/language/language'
import { referenceRelease, referenceSamples } from '@/tests/fixtures/frames'

afterEach(cleanup)

const at = '2026-01-02T00:00:20Z'
const proven = (url: string): ReplicaSamples => ({ url, inEffect: at, missing: 0 })
const waiting = (url: string, missing: number): ReplicaSamples => ({ url, inEffect: null, missing })

function said(part: Partial<Samples>, language: Language = 'en'): string {
  const [release, samples] = [referenceRelease(), referenceSamples(part)]
  const claims = claimsOf({ release, connection: 'live', samples, unreadable: [] })
  render(
    <LanguageProvider language={language}>
      <ChangeLine claims={claims} samples={samples} />
    </LanguageProvider>,
  )
  return screen.getByRole('status').textContent ?? ''
}

const some = [proven('http://10.0.0.1'), waiting('http://10.0.0.2', 4), waiting('http://10.0.0.3', 40)]

test('of several replicas the slowest is named', () => {
  const text = said({ inEffect: null, replicas: some })
  expect(text).toContain('proven on 1 of 3 controller replicas, waiting for http://10.0.0.3')
  expect(text).not.toContain('in effect since')
})

test('the same in 中文', () => {
  expect(said({ inEffect: null, replicas: some }, 'zh-CN')).toContain(
    '3 个控制器副本中 1 个已证实，正在等待 http://10.0.0.3',
  )
})

test('in effect says that it is on all of them', () => {
  const replicas = [proven('http://10.0.0.1'), proven('http://10.0.0.2')]
  expect(said({ inEffect: at, replicas })).toMatch(/in effect since .* on all 2 controller replicas/)
})

test('a proof on the whole is none while a replica lacks it', () => {
  expect(said({ inEffect: at, replicas: some })).not.toContain('in effect since')
})

test('of a single replica nothing is said', () => {
  expect(said({ inEffect: null, replicas: [waiting('http://10.0.0.1', 4)] })).not.toContain('10.0.0.1')
})
