import { expect, vi } from 'vitest'
import type { ReleaseId } from '@/lib/domain/model/release'
import { weightPatch } from '@/lib/domain/weight'
import type { Manifest } from '@/sandbox/world/objects'
import { collection, releaseIn } from '@/tests/cluster/faults/world'
import type { RealCluster } from '@/tests/cluster/harness/cluster'
import type { Stage } from '@/tests/server/cluster/stage'

const isKind = (kind: string): kind is keyof typeof collection => kind in collection

/** Creates these objects as kubectl would. Errors: rejects with what the API server says. */
export async function create(
  { kubectl }: Pick<Stage, 'kubectl'>,
  manifests: readonly Manifest[],
): Promise<void> {
  for (const each of manifests) {
    if (!isKind(each.kind)) throw new Error(`no collection of ${each.kind}`)
    await kubectl('POST', collection[each.kind](each.metadata.namespace ?? ''), each)
  }
}

/** Creates the release, and resolves once all its pods are ready and Halftone shows them so. */
export async function beginRelease(on: Stage, namespace: string): Promise<ReleaseId> {
  const id = { cluster: 'demo', namespace, name: 'app-canary' }
  await create(on, releaseIn(namespace))
  const ready = { deployments: [{ ready: 1, updated: 1 }], endpoints: { ready: 1 } }
  await vi.waitFor(
    () => expect(on.cluster.get(id)).toMatchObject({ value: { stable: ready, canary: ready } }),
    { timeout: 90_000, interval: 50 },
  )
  return id
}

/** Has begun to end a namespace with all that is in it. */
export const end = (on: Pick<Stage, 'kubectl'>, namespace: string) =>
  on.kubectl('DELETE', `${collection.Namespace()}/${namespace}`)

/**
 * Resolves once a namespace is gone: the real controller dies of a ConfigMap whose deletion it has missed, so that none
 * may be under way when the API server is killed.
 */
export async function ended({ kubectl }: Pick<Stage, 'kubectl'>, namespace: string): Promise<void> {
  const isThere = () =>
    kubectl('GET', `${collection.Namespace()}/${namespace}`).then(
      () => true,
      () => false,
    )
  await vi.waitFor(async () => expect(await isThere()).toBe(false), { timeout: 90_000, interval: 200 })
}

/** Ends a namespace, and resolves once it is gone. */
export async function endWhole(on: Pick<Stage, 'kubectl'>, namespace: string): Promise<void> {
  await end(on, namespace)
  await ended(on, namespace)
}

/** What others rely on runs again, also where it did not outlive what was done to the rest. */
export async function revive(real: RealCluster): Promise<void> {
  for (const daemon of ['etcd', 'kube-apiserver', 'ingress-nginx'] as const) {
    if (real.isAlive(daemon)) continue
    console.log(`${daemon} was dead; the end of its log:\n${real.log(daemon).slice(-2_000)}`)
    await real.start(daemon)
  }
}

/** A release as it is shown; whom its Ingress's status was last told by is the controller's affair. */
export function pictureOf({ cluster }: Pick<Stage, 'cluster'>, id: ReleaseId) {
  const held = cluster.get(id)
  return held.ok ? { ...held.value, resourceVersion: '' } : held
}

/** Writes a weight through the cluster of ours, as somebody who sees what is on show now. */
export async function weigh({ cluster }: Pick<Stage, 'cluster'>, id: ReleaseId, weight: number) {
  const held = cluster.get(id)
  if (!held.ok) return held
  const patch = weightPatch(held.value, { weight })
  return patch.ok
    ? cluster.patch(id, { patch: patch.value, resourceVersion: held.value.resourceVersion })
    : patch
}
