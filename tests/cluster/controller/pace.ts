import { expect, test } from 'vitest'
import { BYSTANDER } from '@/tests/cluster/controller/bystander'
import type { Ground } from '@/tests/cluster/controller/ground'
import { becomes, firstAnswer, lastAnswer, stays } from '@/tests/cluster/controller/seen'

const host = 'pace.test'
const canary = (weight: string) => ({
  name: 'pace-canary',
  host,
  service: 'pace-v2',
  annotations: { canary: 'true', 'canary-weight': weight },
})

/**
 * How fast changes come, and one that never does (canary-semantics.md A.9). The release of `bystander` is there.
 * Source: ingress-nginx 1.15.1, syncIngress waits for its token before it reads the cluster.
 */
export function paceFacts(ground: () => Ground): void {
  test('a canary created at weight 100, edited and deleted: within the bound, and without a reload', async () => {
    const on = ground()
    await on.serve('pace-v1', 'pace-v2')
    await on.ingress({ name: 'pace-main', host, service: 'pace-v1' })
    await becomes(on, { host }, 'pace-v1')
    const reloads = on.reloads()
    await on.ingress(canary('100'))
    const createdMs = await firstAnswer(on, { host }, 'pace-v2')
    await becomes(on, { host }, 'pace-v2')
    await on.annotate('pace-canary', { 'canary-by-cookie': 'vip' })
    await becomes(on, { host, headers: { cookie: 'vip=never' } }, 'pace-v1')
    await on.remove('pace-canary')
    const deletedMs = await lastAnswer(on, { host }, 'pace-v2')
    console.log(`created, first answer after ${createdMs} ms; deleted, last answer after ${deletedMs} ms`)
    expect(on.reloads()).toBe(reloads)
    expect(createdMs).toBeLessThanOrEqual(on.boundMs)
    expect(deletedMs).toBeLessThanOrEqual(on.boundMs)
  })

  test('a weight changed and changed back while the next sync is still to come reaches nobody', async () => {
    const on = ground()
    await on.ingress(canary('0'))
    await becomes(on, { host, headers: { cookie: '=always' } }, 'pace-v2')
    // The sync that this change takes uses up the token; whatever is written now is read by the next, 3.3 s later.
    await on.annotate('bystander-canary', { 'canary-weight': '100' })
    await firstAnswer(on, BYSTANDER, 'bystander-v2')
    await on.annotate('pace-canary', { 'canary-weight': '100' })
    await on.annotate('pace-canary', { 'canary-weight': '0' })
    await stays(on, { host }, 'pace-v1')
  })

  test('the same with the first change seen in between: both reach everybody', async () => {
    const on = ground()
    await on.annotate('pace-canary', { 'canary-weight': '100' })
    await becomes(on, { host }, 'pace-v2')
    await on.annotate('pace-canary', { 'canary-weight': '0' })
    await becomes(on, { host }, 'pace-v1')
  })
}
