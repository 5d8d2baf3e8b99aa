import 'server-only'
import type { StartRelease } from '@/lib/contract'
import type { Manifest, StartDraft, StartReview } from '@/lib/domain/model/start'
import { ok, type Result } from '@/lib/domain/problem'
import type { Cluster } from '@/lib/server/cluster'
import { createObject } from '@/lib/server/start/create'
import { readNotedDraft } from '@/lib/server/start/draft'
import { pageOf } from '@/lib/server/start/page'

type Refusals = StartReview['refusals']

/**
 * Says what a start would make, what would be found wrong with it, and what the cluster says to each of the three writes.
 * Nothing is written.
 *
 * Errors: those of a draft; cluster-unreachable and cluster-busy where the cluster could not be asked. That it refuses a write is no
 * error but what was asked for.
 */
export async function reviewStart(cluster: Cluster, choice: StartRelease): Promise<Result<StartReview>> {
  const read = await readNotedDraft(cluster, choice, { continues: false })
  if (!read.ok) return read
  const { draft, notes } = read.value
  const { name, route, objects, stable } = draft
  const refusals = await refusalsOf(cluster, draft)
  if (!refusals.ok) return refusals
  const [deployment, service, ingress] = objects
  return ok({
    id: { cluster: cluster.name, namespace: route.namespace, name },
    objects,
    pages: [pageOf(deployment, stable[0]), pageOf(service, stable[1]), pageOf(ingress, stable[2])],
    findings: [...cluster.preview(draft).findings, ...notes],
    refusals: refusals.value,
  })
}

/** All three are asked at once: none waits for another to be allowed. */
async function refusalsOf({ connection }: Cluster, { objects }: StartDraft): Promise<Result<Refusals>> {
  const asked = await Promise.all(
    objects.map(async object => ({
      object,
      answer: await createObject(connection, object, { dryRun: true }),
    })),
  )
  const refusals: Refusals = []
  for (const { object, answer } of asked) {
    if (answer.ok) continue
    if (isUnasked(answer.problem.code)) return answer
    refusals.push(refusalOf(object, answer.problem))
  }
  return ok(refusals)
}

const isUnasked = (code: string) => code === 'cluster-unreachable' || code === 'cluster-busy'

const refusalOf = ({ kind, metadata }: Manifest, { code, title }: { code: string; title: string }) => ({
  kind,
  name: metadata.name,
  code,
  title,
})
