import { test } from 'vitest'
import type { Ground } from '@/tests/cluster/controller/ground'
import { becomes, is } from '@/tests/cluster/controller/seen'

/** The cookie without a name (canary-semantics.md A.4.7). Source: ingress-nginx 1.15.1, balancer.lua. */
export function parkedFacts(ground: () => Ground): void {
  test.concurrent('"=always" reaches a parked canary, "=never" avoids it at any weight; a cookie rule closes both', async () => {
    const [on, host] = [ground(), 'parked.test']
    const [always, never] = [
      { host, headers: { cookie: '=always' } },
      { host, headers: { cookie: '=never' } },
    ]
    await on.serve('parked-v1', 'parked-v2')
    await on.ingress({ name: 'parked-main', host, service: 'parked-v1' })
    const annotations = { canary: 'true', 'canary-weight': '0' }
    await on.ingress({ name: 'parked-canary', host, service: 'parked-v2', annotations })
    await becomes(on, always, 'parked-v2')
    await is(on, { host }, 'parked-v1')

    await on.annotate('parked-canary', { 'canary-weight': '100' })
    await becomes(on, { host }, 'parked-v2')
    await is(on, never, 'parked-v1')

    await on.annotate('parked-canary', { 'canary-by-cookie': 'nobody-guesses-this' })
    await becomes(on, never, 'parked-v2')
    await on.annotate('parked-canary', { 'canary-weight': '0' })
    await becomes(on, { host }, 'parked-v1')
    await is(on, always, 'parked-v1')
  })
}
