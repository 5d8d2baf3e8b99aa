import type { Ground } from '@/tests/cluster/controller/ground'
import { becomes } from '@/tests/cluster/controller/seen'

/** Where the other release answers. */
export const BYSTANDER = { host: 'bystander.test' }

/** Another release, parked: `bystander-canary` of `bystander-v2`. */
export async function bystander(on: Ground): Promise<void> {
  await on.serve('bystander-v1', 'bystander-v2')
  await on.ingress({ name: 'bystander-main', ...BYSTANDER, service: 'bystander-v1' })
  const annotations = { canary: 'true', 'canary-weight': '0' }
  await on.ingress({ name: 'bystander-canary', ...BYSTANDER, service: 'bystander-v2', annotations })
  await becomes(on, { ...BYSTANDER, headers: { cookie: '=always' } }, 'bystander-v2')
}
