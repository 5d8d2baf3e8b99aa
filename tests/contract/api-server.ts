import { afterAll, beforeAll, describe } from 'vitest'
import { admission } from './admission'
import { aroundWorkloads } from './around-workloads'
import { creations } from './creations'
import { defaults } from './defaults'
import { deletions } from './deletions'
import { deploymentRules } from './deployment-rules'
import { dryRuns } from './dry-runs'
import type { FarSide } from './far-side'
import { fields } from './fields'
import { forgotten } from './forgotten'
import { identities } from './identities'
import { ingressPaths } from './ingress-paths'
import { ingressRules } from './ingress-rules'
import { leases } from './leases'
import { lists } from './lists'
import { managers } from './managers'
import { namespaces } from './namespaces'
import { patches } from './patches'
import { requests } from './requests'
import { rights } from './rights'
import { serviceRules } from './service-rules'
import { Stage, type Story } from './stage'
import { starts } from './starts'
import { statefulSets } from './stateful-sets'
import { watches } from './watches'
import { workloads } from './workloads'
import { writes } from './writes'

const STORIES: readonly Story[] = [
  lists,
  watches,
  creations,
  writes,
  managers,
  patches,
  dryRuns,
  deletions,
  namespaces,
  leases,
  requests,
  fields,
  ingressRules,
  ingressPaths,
  deploymentRules,
  serviceRules,
  defaults,
  workloads,
  statefulSets,
  aroundWorkloads,
  identities,
  rights,
  starts,
]

/** What ingress-nginx's webhook refuses, held against an API server that asks it. */
export function holdsAdmission(name: string, open: () => Promise<FarSide>): void {
  describe(`the webhook of ${name}`, () => {
    let stage: Stage

    beforeAll(async () => {
      stage = new Stage(await open())
    }, 60_000)
    afterAll(() => stage.close(), 60_000)

    admission(() => stage)
  })
}

/**
 * What Halftone relies on in an API server, held against one of them. Where the sandbox and Kubernetes disagree,
 * Kubernetes is right.
 */
export function holdsContract(name: string, open: () => Promise<FarSide>): void {
  describe(`the contract of ${name}`, () => {
    let stage: Stage

    beforeAll(async () => {
      stage = new Stage(await open())
    })
    afterAll(() => stage.close())

    describe('in service', () => {
      afterAll(() => stage.clear(), 60_000)
      for (const story of STORIES) story(() => stage)
    })
    // Last: the real API server is restarted for it, and the controllers take a minute to come back.
    forgotten(() => stage)
  })
}
