import { afterAll, beforeAll, describe, vi } from 'vitest'
import { ageFacts } from '@/tests/cluster/controller/ages'
import { bystander } from '@/tests/cluster/controller/bystander'
import { endpointFacts } from '@/tests/cluster/controller/endpoints'
import { Ground, type Place } from '@/tests/cluster/controller/ground'
import { paceFacts } from '@/tests/cluster/controller/pace'
import { parkedFacts } from '@/tests/cluster/controller/parked'
import { patternFacts } from '@/tests/cluster/controller/patterns'
import { pinnedFacts } from '@/tests/cluster/controller/pinned'
import { totalFacts } from '@/tests/cluster/controller/totals'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000, maxConcurrency: 20 })

/** What was measured on a running controller 1.15.1, as tests that the controller and our sandbox's gateway both pass. */
export function controllerFacts(place: () => Promise<Place>): void {
  let opened: Ground | undefined
  const ground = () => {
    if (!opened) throw new Error('there is no cluster to stand on')
    return opened
  }
  beforeAll(async () => {
    opened = await Ground.open(await place())
  })
  afterAll(() => opened?.close())

  describe('who gets which version', () => {
    pinnedFacts(ground)
    parkedFacts(ground)
    endpointFacts(ground)
    ageFacts(ground)
    patternFacts(ground)
  })

  describe('what a change needs to come about', () => {
    beforeAll(() => bystander(ground()))
    totalFacts(ground)
    paceFacts(ground)
  })
}
