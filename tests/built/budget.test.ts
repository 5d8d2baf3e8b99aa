import { expect, test } from 'vitest'
import { budgets } from '@/bench/rows/scripts'

/** Units: bytes of brotli. Limits: docs/bench.md. */
test('the browser loads no more script than its budget, for each page', async () => {
  for (const { what, bytes, most } of await budgets()) {
    expect(bytes, what).toBeGreaterThan(50_000)
    expect(bytes, what).toBeLessThanOrEqual(most)
  }
}, 90_000)
