import { test } from 'vitest'
import type { Ground } from '@/tests/cluster/controller/ground'
import { becomes, is } from '@/tests/cluster/controller/seen'

/** An alternative of so many ids of eight digits. */
const patternOf = (ids: number) => `^(${Array.from({ length: ids }, (_, n) => 10_000_000 + n).join('|')})$`

/** Patterns as the controller's PCRE reads them (canary-semantics.md A.4.3). */
export function patternFacts(ground: () => Ground): void {
  test.concurrent('a pattern of 3,448 ids of eight digits picks its carriers', async () => {
    const [on, host] = [ground(), 'long-pattern.test']
    await on.serve('long-v1', 'long-v2')
    await on.ingress({ name: 'long-main', host, service: 'long-v1' })
    await on.ingress({ name: 'long-canary', host, service: 'long-v2', annotations: byPattern(3_448, '0') })
    await becomes(on, { host, headers: { id: '10003447' } }, 'long-v2')
    await is(on, { host, headers: { id: '10003448' } }, 'long-v1')
    await is(on, { host }, 'long-v1')
  })

  test.concurrent('one more is too large to compile: every carrier gets stable, whatever the weight', async () => {
    const [on, host] = [ground(), 'too-long-pattern.test']
    await on.serve('large-v1', 'large-v2')
    await on.ingress({ name: 'large-main', host, service: 'large-v1' })
    await on.ingress({
      name: 'large-canary',
      host,
      service: 'large-v2',
      annotations: byPattern(3_449, '100'),
    })
    await becomes(on, { host }, 'large-v2')
    await is(on, { host, headers: { id: '10000000' } }, 'large-v1')
    await is(on, { host, headers: { id: 'nobody' } }, 'large-v1')
  })
}

const byPattern = (ids: number, weight: string) => ({
  canary: 'true',
  'canary-weight': weight,
  'canary-by-header': 'id',
  'canary-by-header-pattern': patternOf(ids),
})
