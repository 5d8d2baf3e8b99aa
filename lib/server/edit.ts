import 'server-only'
import type { Release, ReleaseId } from '@/lib/domain/model/release'
import type { IngressPatch } from '@/lib/domain/patch'
import { fail, type Result } from '@/lib/domain/problem'
import type { Cluster } from '@/lib/server/cluster'
import type { SamplingFacts } from '@/lib/server/sampler/facts'

/** A change of one release: what to write follows from what is known, now and once more should the cluster be further. */
export type EditCall = {
  cluster: Cluster
  id: ReleaseId
  decide: (facts: SamplingFacts) => Result<IngressPatch>
  /** What the person saw when they began; without it the write waits for nobody. */
  resourceVersion?: string
}

/** Decides and writes. Errors: those of `decide`, and of the cluster's `get` and `patch`. */
export async function editRelease({
  cluster,
  id,
  decide,
  resourceVersion,
}: EditCall): Promise<Result<Release>> {
  const decideOn = (release: Release) => {
    const facts = cluster.samplingFactsOf(id)
    if (facts) return decide({ ...facts, release })
    return fail('not-found', `There is no release ${id.namespace}/${id.name}`)
  }
  const release = cluster.get(id)
  if (!release.ok) return release
  const patch = decideOn(release.value)
  if (!patch.ok) return patch
  const version = resourceVersion === undefined ? {} : { resourceVersion }
  return cluster.patch(id, { patch: patch.value, ...version, decideAgain: decideOn })
}
