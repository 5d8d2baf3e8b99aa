import { expect, test } from 'vitest'
import type { Ground } from '@/tests/cluster/controller/ground'
import { answersMeanwhile, becomes, stays } from '@/tests/cluster/controller/seen'

const host = 'totals.test'
const LATEST = 200
const share = (answers: readonly string[]) =>
  answers.filter(who => who === 'totals-v2').length / answers.length
const weightOf = (weight: string, total: string | null) => ({
  'canary-weight': weight,
  'canary-weight-total': total,
})

/**
 * Edits that the controller does not see (canary-semantics.md A.9). Shares are far enough apart for hundreds of answers
 * to tell them beyond doubt; 100 of 100 leaves none at all.
 * Source: ingress-nginx 1.15.1, types_equals.go TrafficShapingPolicy.Equal leaves WeightTotal out.
 */
export function totalFacts(ground: () => Ground): void {
  test('a new total alone is lost, until anything else changes, even an Ingress that has nothing to do with it', async () => {
    const on = ground()
    await on.serve('totals-v1', 'totals-v2')
    await on.ingress({ name: 'totals-main', host, service: 'totals-v1' })
    const annotations = { canary: 'true', 'canary-weight': '100', 'canary-weight-total': '100' }
    await on.ingress({ name: 'totals-canary', host, service: 'totals-v2', annotations })
    await becomes(on, { host }, 'totals-v2')

    await on.annotate('totals-canary', weightOf('100', '1000000000'))
    await stays(on, { host }, 'totals-v2')
    await on.annotate('bystander-canary', { 'canary-weight': '100' })
    await becomes(on, { host }, 'totals-v1')

    await on.annotate('totals-canary', weightOf('100', null))
    await stays(on, { host }, 'totals-v1')
    await on.annotate('totals-canary', weightOf('101', null))
    await becomes(on, { host }, 'totals-v2')
  })

  test('50 of 100 stays one half when written as 50 of 1000; 60 of 1000 is applied, and so is 61 of 100', async () => {
    const on = ground()
    await on.annotate('totals-canary', weightOf('0', '100'))
    await becomes(on, { host }, 'totals-v1')
    await on.annotate('totals-canary', weightOf('50', '100'))
    await shareBecomes(on, 0.4, 0.6)
    await on.annotate('totals-canary', weightOf('50', '1000'))
    expect(share(await answersMeanwhile(on, { host }))).toBeGreaterThan(0.4)
    await on.annotate('totals-canary', weightOf('60', '1000'))
    await shareBecomes(on, 0.01, 0.15)
    await on.annotate('totals-canary', weightOf('61', '100'))
    await shareBecomes(on, 0.5, 0.7)
  })
}

/** Waits until the latest answers show a share between these two. Errors: fails after five times the bound, and a thousand answers. */
async function shareBecomes(on: Ground, low: number, high: number): Promise<void> {
  const untilMs = performance.now() + 5 * on.boundMs
  const latest: string[] = []
  const isThere = () => latest.length === LATEST && share(latest) > low && share(latest) < high
  for (let asked = 0; !isThere() && (asked < 5 * LATEST || performance.now() < untilMs); asked++) {
    latest.push((await on.ask(host)).who)
    if (latest.length > LATEST) latest.shift()
  }
  expect(isThere(), `a share of ${share(latest)} of the last ${LATEST}`).toBe(true)
}
