import type { Samples } from '@/lib/domain/model/samples'

/**
 * What answers say of a canary that was parked just now. open: nothing against it, and not enough yet to prove it;
 * contradicted: answers of the canary still come.
 */
export type Parked = { is: 'in-effect'; at: string } | { is: 'contradicted' } | { is: 'open' }

/** Whether everybody is back on stable, as far as answers tell; without samples nothing does. */
export function parkedOf(samples: Samples | null): Parked {
  if (samples?.lanes.some(({ verdict }) => verdict === 'not-as-configured')) return { is: 'contradicted' }
  return samples?.inEffect ? { is: 'in-effect', at: samples.inEffect } : { is: 'open' }
}
