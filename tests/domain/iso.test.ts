import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoOf } from '@/lib/domain/iso'

test('times are written as Kubernetes writes them, for every day of two millennia', () => {
  const times = fc.integer({ min: -62_000_000_000, max: 253_000_000_000 })
  fc.assert(
    fc.property(times, seconds => {
      expect(isoOf(seconds * 1000)).toBe(new Date(seconds * 1000).toISOString().replace('.000', ''))
    }),
  )
})
