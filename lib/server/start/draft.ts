import 'server-only'
import type { StartDraft } from '@/lib/domain/model/start'
import type { Result } from '@/lib/domain/problem'
import type { StartChoice } from '@/lib/domain/start/choice'
import { draftOf } from '@/lib/domain/start/draft'
import type { Cluster } from '@/lib/server/cluster'
import { matches } from '@/lib/server/pattern'
import { findRoute } from '@/lib/server/start/route'
import { readSources } from '@/lib/server/start/sources'

/**
 * What a start with these choices would make, decided on what the API server says now. `continues`: it has begun before.
 * Errors: those of finding the route, of reading the namespace, and of the domain's draft.
 */
export async function readDraft(
  cluster: Cluster,
  choice: StartChoice,
  { continues }: { continues: boolean },
): Promise<Result<StartDraft>> {
  const route = findRoute(cluster, choice)
  if (!route.ok) return route
  const sources = await readSources(cluster, route.value)
  return sources.ok ? draftOf(choice, route.value, sources.value, { matches, continues }) : sources
}
