import { expect } from '@playwright/test'
import { startHalftone } from '@/bench/run/product'
import { referenceWorld } from '@/sandbox/world/reference'
import { theCluster } from '@/tests/cluster/harness/cluster'
import type { Started } from '@/tests/e2e/demo'
import { kubectl } from '@/tests/e2e/kubectl'
import { clearAway } from '@/tests/e2e/leftovers'
import { type Target, targetAt } from '@/tests/e2e/target'

/** The real cluster's name in Halftone. */
const CLUSTER = 'real'

/** Units: milliseconds. Containers of a real node start in seconds; a new route of the real gateway takes up to 4. */
const PATIENCE = { timeout: 60_000 }

/** The namespace and the class are there already, and stay. */
const world = referenceWorld().filter(({ kind }) => kind !== 'Namespace' && kind !== 'IngressClass')

/** Takes these objects away, and waits until their pods are gone too. */
async function remove(kubeconfig: string, manifests: readonly object[]): Promise<void> {
  await kubectl(kubeconfig, ['delete', '--ignore-not-found', '--cascade=foreground', '-f', '-'], manifests)
}

async function answers(url: string): Promise<string> {
  const answer = await fetch(url).catch(() => null)
  return answer ? answer.text() : ''
}

/** Makes the reference world on the real cluster and starts the built product there, as its own service account. */
export async function startReal(): Promise<Started<Target>> {
  const { kubeconfig, gatewayUrl } = theCluster()
  const made: object[] = [...world]
  await clearAway(kubeconfig)
  await remove(kubeconfig, made)
  await kubectl(kubeconfig, ['apply', '-f', '-'], world)
  for (const version of ['user-v1', 'pay-v1']) {
    await kubectl(kubeconfig, ['rollout', 'status', `deployment/${version}`])
    const path = `${gatewayUrl}/${version.split('-')[0]}`
    await expect.poll(() => answers(path), PATIENCE).toContain(version)
  }
  const halftone = await startHalftone(
    { kubeconfig, gatewayUrl },
    { HALFTONE_CONTEXTS: `${CLUSTER}=halftone` },
  )
  const target = targetAt({ url: halftone.url, cluster: CLUSTER, gatewayUrl, kubeconfig })
  const apply = async (manifests: object[]) => {
    made.push(...manifests)
    await target.apply(manifests)
  }
  const stop = async () => {
    await halftone.stop()
    await clearAway(kubeconfig)
    await remove(kubeconfig, made)
  }
  return { it: { ...target, apply }, stop }
}
