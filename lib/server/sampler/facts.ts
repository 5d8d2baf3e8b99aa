import 'server-only'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { Release } from '@/lib/domain/model/release'
import type { Abilities } from '@/lib/domain/model/routing'
import type { Routing } from '@/lib/domain/routing'

/**
 * What the sampler needs to know of one release, with all its pods. `ordinary` is the Ingress of its first live route;
 * `routingVersion` is another after each change of what requests are sent by, also after one that was taken back.
 */
export type SamplingFacts = {
  release: Release
  routing: Routing
  canary: Ingress
  routingVersion: string
  ordinary: Ingress | null
  matches: Abilities['matches']
  ready: Abilities['ready']
}
