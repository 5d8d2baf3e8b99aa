import 'server-only'
import type { MendFinding, Mending } from '@/lib/contract'
import { mendCommand, mendingPatch } from '@/lib/domain/mending'
import type { Release, ReleaseId } from '@/lib/domain/model/release'
import { fail, ok, type Result } from '@/lib/domain/problem'
import type { Cluster } from '@/lib/server/cluster'
import { editRelease } from '@/lib/server/edit'

/**
 * Mends one finding of a release, or, with `dryRun`, only says how.
 * Errors: `owned-elsewhere`, `not-mendable`, and those of a write.
 */
export async function mendFinding(
  cluster: Cluster,
  id: ReleaseId,
  body: MendFinding,
): Promise<Result<Mending | Release>> {
  const { resourceVersion, dryRun = false } = body
  if (!dryRun) {
    return editRelease({ cluster, id, resourceVersion, decide: facts => mendingPatch(facts, body) })
  }
  const release = cluster.get(id)
  if (!release.ok) return release
  const facts = cluster.samplingFactsOf(id)
  if (!facts) return fail('not-found', `There is no release ${id.namespace}/${id.name}`)
  const patch = mendingPatch(facts, body)
  if (!patch.ok) return patch
  return ok({
    patch: [...patch.value],
    kubectl: mendCommand({ ...id, context: cluster.state().context }, patch.value),
  })
}
