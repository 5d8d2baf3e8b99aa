import { test } from 'vitest'
import type { Ground } from '@/tests/cluster/controller/ground'
import { becomes, is } from '@/tests/cluster/controller/seen'

const ALL = { canary: 'true', 'canary-weight': '100' }

/** Services without endpoints (canary-semantics.md A.3, L26, L27). Source: ingress-nginx 1.15.1, balancer.lua. */
export function endpointFacts(ground: () => Ground): void {
  test.concurrent('a canary without endpoints: everybody gets stable, until it has some again', async () => {
    const [on, host] = [ground(), 'bare-canary.test']
    await on.serve('bare-v1', 'bare-v2')
    await on.ingress({ name: 'bare-main', host, service: 'bare-v1' })
    await on.ingress({ name: 'bare-canary', host, service: 'bare-v2', annotations: ALL })
    await becomes(on, { host }, 'bare-v2')
    await on.setReady('bare-v2', false)
    await becomes(on, { host }, 'bare-v1')
    await is(on, { host, headers: { cookie: '=always' } }, 'bare-v1')
    await on.setReady('bare-v2', true)
    await becomes(on, { host }, 'bare-v2')
  })

  test.concurrent('a stable without endpoints: 503 for everybody, also at weight 100', async () => {
    const [on, host] = [ground(), 'bare-stable.test']
    await on.serve('gone-v1', 'gone-v2')
    await on.ingress({ name: 'gone-main', host, service: 'gone-v1' })
    await on.ingress({ name: 'gone-canary', host, service: 'gone-v2', annotations: ALL })
    await becomes(on, { host }, 'gone-v2')
    await on.setReady('gone-v1', false)
    await becomes(on, { host }, '503')
    await is(on, { host, headers: { cookie: '=always' } }, '503')
  })

  test.concurrent('a default-backend of its own stands in for stable, and lets the canary keep its part', async () => {
    const [on, host] = [ground(), 'stand-in.test']
    await on.serve('stand-v1', 'stand-v2', 'stand-in')
    const annotations = { 'default-backend': 'stand-in' }
    await on.ingress({ name: 'stand-main', host, service: 'stand-v1', annotations })
    await on.ingress({ name: 'stand-canary', host, service: 'stand-v2', annotations: ALL })
    await becomes(on, { host }, 'stand-v2')
    await on.setReady('stand-v1', false)
    await becomes(on, { host, headers: { cookie: '=never' } }, 'stand-in')
    await is(on, { host }, 'stand-v2')
    await on.setReady('stand-in', false)
    await becomes(on, { host }, '503')
  })

  test.concurrent('a default-backend of the canary stands in for nobody', async () => {
    const [on, host] = [ground(), 'no-stand-in.test']
    await on.serve('plain-v1', 'plain-v2', 'plain-in')
    await on.ingress({ name: 'plain-main', host, service: 'plain-v1' })
    const annotations = { ...ALL, 'default-backend': 'plain-in' }
    await on.ingress({ name: 'plain-canary', host, service: 'plain-v2', annotations })
    await becomes(on, { host }, 'plain-v2')
    await on.setReady('plain-v2', false)
    await becomes(on, { host }, 'plain-v1')
    await on.setReady('plain-v1', false)
    await becomes(on, { host }, '503')
  })
}
