import { expect, test } from 'vitest'
import type { Ground } from '@/tests/cluster/controller/ground'
import { answersMeanwhile, becomes } from '@/tests/cluster/controller/seen'

const ALL = { canary: 'true', 'canary-weight': '100' }

/**
 * Re-pointing the ordinary Ingress at the canary's Service (canary-semantics.md A.5, operations.md §3.2). Of two that
 * were created in the same second the greater name counts as the older.
 */
export function ageFacts(ground: () => Ground): void {
  test.concurrent('an older canary that meets a re-pointed Ingress takes its path away: 404', async () => {
    const [on, host] = [ground(), 'older-canary.test']
    await on.serve('older-v1', 'older-v2')
    await on.ingress({ name: 'older-z-canary', host, service: 'older-v2', annotations: ALL })
    await on.ingress({ name: 'older-main', host, service: 'older-v1' })
    await becomes(on, { host }, 'older-v2')
    await on.repoint({ name: 'older-main', host, service: 'older-v2' })
    await becomes(on, { host }, '404')
    await on.remove('older-z-canary')
    await becomes(on, { host }, 'older-v2')
  })

  test.concurrent('a younger one does not: nobody notices, neither then nor when it is deleted', async () => {
    const [on, host] = [ground(), 'younger-canary.test']
    await on.serve('younger-v1', 'younger-v2')
    await on.ingress({ name: 'younger-main', host, service: 'younger-v1' })
    await on.ingress({ name: 'younger-canary', host, service: 'younger-v2', annotations: ALL })
    await becomes(on, { host }, 'younger-v2')
    const heard = answersMeanwhile(on, { host })
    await on.repoint({ name: 'younger-main', host, service: 'younger-v2' })
    expect(new Set(await heard)).toEqual(new Set(['younger-v2']))
    const later = answersMeanwhile(on, { host })
    await on.remove('younger-canary')
    expect(new Set(await later)).toEqual(new Set(['younger-v2']))
  })
}
