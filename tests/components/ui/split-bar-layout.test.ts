import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barDots, barSize, type MarkLabel, placeLabels, textWidth } from '@/components/ui/split-bar-layout'

const startOf = (label: MarkLabel, text: string) =>
  label.anchor === 'start' ? label.x : label.x - textWidth(text)

test('labels stay inside the bar and never cover each other, wherever the marks are', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  const widths = fc.integer({ min: 320, max: 1400 })
  fc.assert(
    fc.property(widths, share, share, (width, a, b) => {
      const [configured, draft] = [
        { x: a * width, text: 'configured 1000' },
        { x: b * width, text: 'draft 1000' },
      ]
      const placed = placeLabels(width, configured, draft)
      const first = startOf(placed.configured, configured.text)
      const second = placed.draft ? startOf(placed.draft, draft.text) : Number.NaN
      for (const [from, text] of [
        [first, configured.text],
        [second, draft.text],
      ] as const) {
        expect(from).toBeGreaterThanOrEqual(-0.5)
        expect(from + textWidth(text)).toBeLessThanOrEqual(width + 0.5)
      }
      const apart =
        first < second ? second - first - textWidth(configured.text) : first - second - textWidth(draft.text)
      expect(apart).toBeGreaterThan(0)
    }),
  )
})

test('with a total of 1,000 one dot is one part where there is room', () => {
  const size = barSize(1152, 1000)
  const lit = barDots(size, { weight: 37, draft: 37, total: 1000 }).filter(dot => dot.kind === 'canary')
  expect([size.columns * size.rows, lit.length]).toEqual([1000, 37])
})

test.each([
  ['up', 20, 50, { canary: 100, up: 150, down: 0 }],
  ['down', 50, 20, { canary: 100, up: 0, down: 150 }],
])('a draft %s is drawn as a draft, not as a fact', (_way, weight, draft, expected) => {
  const dots = barDots(barSize(1200, 100), { weight, draft, total: 100 })
  const count = (kind: string) => dots.filter(dot => dot.kind === kind).length
  expect({ canary: count('canary'), up: count('up'), down: count('down') }).toEqual(expected)
})
