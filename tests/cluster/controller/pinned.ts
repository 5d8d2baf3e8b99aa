import { expect, test } from 'vitest'
import type { Ground } from '@/tests/cluster/controller/ground'
import { becomes, is } from '@/tests/cluster/controller/seen'

/** Session affinity (canary-semantics.md A.7). Source: ingress-nginx 1.15.1, sticky.lua is_affinitized. */
export function pinnedFacts(ground: () => Ground): void {
  test.concurrent('a pinned user is held by weight and rules alike, and released by legacy, and by deleting', async () => {
    const [on, host] = [ground(), 'held.pinned.test']
    await on.serve('held-v1', 'held-v2')
    await on.ingress({ name: 'held-main', host, service: 'held-v1', annotations: { affinity: 'cookie' } })
    await becomes(on, { host }, 'held-v1')
    const stableCookie = (await on.ask(host)).cookie
    await on.ingress({ name: 'held-canary', host, service: 'held-v2', annotations: all('held') })
    await becomes(on, { host }, 'held-v2')
    const canaryCookie = (await on.ask(host)).cookie
    expect(canaryCookie).not.toBe('')
    const pinned = { host, headers: { cookie: canaryCookie } }

    await is(on, { host, headers: { cookie: stableCookie, held: 'always' } }, 'held-v1')
    await is(on, { host, headers: { cookie: canaryCookie, held: 'never' } }, 'held-v2')
    await on.annotate('held-canary', { 'canary-weight': '0', 'canary-by-header': null })
    await becomes(on, { host }, 'held-v1')
    await is(on, pinned, 'held-v2')

    await on.annotate('held-canary', { 'affinity-canary-behavior': 'legacy' })
    await becomes(on, pinned, 'held-v1')
    await on.annotate('held-canary', { 'affinity-canary-behavior': null })
    await becomes(on, pinned, 'held-v2')
    await on.remove('held-canary')
    await becomes(on, pinned, 'held-v1')
  })

  test.concurrent('a later canary of the same Service takes them back, even parked; one of another does not', async () => {
    const [on, host] = [ground(), 'taken.pinned.test']
    await on.serve('taken-v1', 'taken-v2', 'taken-v3')
    await on.ingress({ name: 'taken-main', host, service: 'taken-v1', annotations: { affinity: 'cookie' } })
    await on.ingress({ name: 'taken-first', host, service: 'taken-v2', annotations: all('taken') })
    await becomes(on, { host }, 'taken-v2')
    const pinned = { host, headers: { cookie: (await on.ask(host)).cookie } }
    await on.remove('taken-first')
    await becomes(on, pinned, 'taken-v1')

    await on.ingress({ name: 'taken-other', host, service: 'taken-v3', annotations: all('taken') })
    await becomes(on, { host }, 'taken-v3')
    await is(on, pinned, 'taken-v3')
    await on.remove('taken-other')
    await becomes(on, { host }, 'taken-v1')

    await on.ingress({ name: 'taken-again', host, service: 'taken-v2', annotations: parked })
    await becomes(on, pinned, 'taken-v2')
    await is(on, { host }, 'taken-v1')
  })
}

const parked = { canary: 'true', 'canary-weight': '0' }
const all = (header: string) => ({ canary: 'true', 'canary-weight': '100', 'canary-by-header': header })
