import { afterAll, beforeAll, expect, vi } from 'vitest'
import { startHalftone } from '@/bench/run/product'
import { bystander } from '@/tests/cluster/controller/bystander'
import { Ground } from '@/tests/cluster/controller/ground'
import { becomes } from '@/tests/cluster/controller/seen'
import { theCluster } from '@/tests/cluster/harness/cluster'
import type { Scene } from '@/tests/cluster/timing/change'
import { HOST, makeRelease } from '@/tests/cluster/timing/release'
import { Screen } from '@/tests/cluster/timing/screen'
import { Witness } from '@/tests/cluster/timing/witness'
import { staggerWorkers } from '@/tests/cluster/timing/workers'

/** Changes a series has; more by hand. */
export const CHANGES = Number(process.env.HALFTONE_TIMING_CHANGES ?? 4)

vi.setConfig({ testTimeout: 60_000 + CHANGES * 30_000 })

/** The release, another one beside it, and the controller as a person would run it, for the tests of a file. */
export function onRelease(): { ground: () => Ground } {
  let opened: Ground | undefined
  beforeAll(async () => {
    const cluster = theCluster()
    await cluster.restartController()
    const { apiUrl, ca, gatewayUrl, kubeconfig, tokens } = cluster
    const as = { apiUrl, ca, gatewayUrl, token: tokens.admin, podAddress: '10.99.0.1' }
    opened = await Ground.open({ ...as, boundMs: 4_400, reloads: () => 0 })
    await bystander(opened)
    makeRelease(kubeconfig, opened.namespace)
    await becomes(opened, { host: HOST, headers: { cookie: '=always' } }, 'user-v2')
    await staggerWorkers()
  })
  afterAll(() => opened?.close())
  const ground = () => {
    if (!opened) throw new Error('there is no cluster to stand on')
    return opened
  }
  return { ground }
}

/** The product as it is built, with the release's page open, and a witness at the gateway, for the tests of a block. */
export function onScreen(ground: () => Ground, environment: Record<string, string> = {}): () => Scene {
  let scene: Scene | undefined
  const undo: (() => Promise<void> | void)[] = []
  beforeAll(async () => {
    const cluster = theCluster()
    const halftone = await startHalftone(cluster, environment)
    const screen = await Screen.open(halftone.url, ground().namespace)
    const witness = new Witness(cluster.gatewayUrl)
    undo.push(
      () => halftone.stop(),
      () => witness.stop(),
      () => screen.close(),
    )
    await vi.waitFor(() => expect(screen.since(0).length).toBeGreaterThan(0), { timeout: 20_000 })
    scene = { screen, witness }
  })
  afterAll(async () => {
    for (const step of undo.reverse()) await step()
  })
  return () => {
    if (!scene) throw new Error('there is no screen to read')
    return scene
  }
}
