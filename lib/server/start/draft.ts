import 'server-only'
import type { Finding } from '@/lib/domain/model/release'
import type { StartDraft } from '@/lib/domain/model/start'
import { ok, type Result } from '@/lib/domain/problem'
import type { StartChoice } from '@/lib/domain/start/choice'
import { draftOf } from '@/lib/domain/start/draft'
import { notesOf } from '@/lib/domain/start/notes'
import type { Cluster } from '@/lib/server/cluster'
import { matches } from '@/lib/server/pattern'
import { findRoute } from '@/lib/server/start/route'
import { readSources } from '@/lib/server/start/sources'

/** `continues`: the start has begun before. */
type Begun = { continues: boolean }

/**
 * What a start with these choices would make, decided on what the API server says now, and what is to be known of it before.
 * Errors: those of finding the route, of reading the namespace, and of the domain's draft.
 */
export async function readNotedDraft(
  cluster: Cluster,
  choice: StartChoice,
  { continues }: Begun,
): Promise<Result<{ draft: StartDraft; notes: Finding[] }>> {
  const route = findRoute(cluster, choice)
  if (!route.ok) return route
  const sources = await readSources(cluster, route.value)
  if (!sources.ok) return sources
  const draft = draftOf(choice, route.value, sources.value, { matches, continues })
  return draft.ok ? ok({ draft: draft.value, notes: notesOf(draft.value, sources.value) }) : draft
}

/** What a start with these choices would make, for whoever makes it. Errors: as above. */
export async function readDraft(
  cluster: Cluster,
  choice: StartChoice,
  begun: Begun,
): Promise<Result<StartDraft>> {
  const read = await readNotedDraft(cluster, choice, begun)
  return read.ok ? ok(read.value.draft) : read
}
