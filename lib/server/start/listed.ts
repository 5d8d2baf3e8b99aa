import 'server-only'
import { fieldsOf } from '@/lib/domain/raw'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { pathOf } from '@/lib/server/kubernetes/kind'
import { readList } from '@/lib/server/kubernetes/list'
import type { Outcome } from '@/lib/server/kubernetes/refusal'

/** A kind that is listed where a start needs it, and not watched. */
export type ListedKind = { name: string; group: string; kind: string }

const apps = { group: 'apis/apps/v1' }

/** What a start looks at in a namespace: what it copies, and whatever else picks up pods by their labels. */
export const listedKinds = {
  deployments: { ...apps, name: 'deployments', kind: 'Deployment' },
  services: { group: 'api/v1', name: 'services', kind: 'Service' },
  statefulSets: { ...apps, name: 'statefulsets', kind: 'StatefulSet' },
  budgets: { group: 'apis/policy/v1', name: 'poddisruptionbudgets', kind: 'PodDisruptionBudget' },
  autoscalers: {
    group: 'apis/autoscaling/v2',
    name: 'horizontalpodautoscalers',
    kind: 'HorizontalPodAutoscaler',
  },
} as const satisfies Record<string, ListedKind>

/** Units: milliseconds. For one whole list. */
const LIMIT_MS = 20_000

/**
 * All objects of a kind in one namespace as they are now.
 *
 * Source: Kubernetes API conventions; items of a list come without apiVersion and kind, which are put back.
 */
export async function readListed(
  connection: Connection,
  { kind, ...at }: ListedKind,
  namespace: string,
): Promise<Outcome<unknown[]>> {
  const apiVersion = at.group.replace(/^apis?\//, '')
  const objects: unknown[] = []
  const read = await readList({
    connection,
    path: pathOf(at, namespace),
    signal: AbortSignal.timeout(LIMIT_MS),
    parse: raw => ({ apiVersion, kind, ...fieldsOf(raw) }),
    take: page => {
      objects.push(...page.objects)
      return true
    },
  })
  return read.ok ? { ok: true, value: objects } : read
}
