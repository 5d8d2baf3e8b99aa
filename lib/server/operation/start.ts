import 'server-only'
import type { Accepted, StartRelease } from '@/lib/contract'
import { parseIngress } from '@/lib/domain/ingress'
import type { StartDraft } from '@/lib/domain/model/start'
import { stepsOf } from '@/lib/domain/operation/steps'
import type { Result } from '@/lib/domain/problem'
import { ingressTask, madeTask } from '@/lib/server/operation/made'
import type { Operations } from '@/lib/server/operation/operations'
import { endpointsTask, podsTask } from '@/lib/server/operation/pods'
import { reachableTask } from '@/lib/server/operation/reachable'
import type { Setting } from '@/lib/server/operation/setting'
import type { Beginning, Task } from '@/lib/server/operation/task'
import { type Proof, trafficTask } from '@/lib/server/operation/traffic'
import { readDraft } from '@/lib/server/start/draft'

/**
 * Begins a release with these choices, decided on what the API server says now.
 * Errors: those of a draft, before anything is written; `operation-running`.
 */
export async function startRelease(
  setting: Setting,
  operations: Operations,
  { dryRun, reason, ...choice }: StartRelease,
): Promise<Result<Accepted>> {
  const draft = await readDraft(setting.cluster, choice, { continues: false })
  if (!draft.ok) return draft
  const named = { ...choice, name: draft.value.name }
  return operations.begin({ ...startOf(setting, draft.value, { mayExist: false }), choice: named })
}

/** A start of this draft. `mayExist`: it has begun before, and what it has made is taken as it is. */
export function startOf(setting: Setting, draft: StartDraft, { mayExist }: { mayExist: boolean }): Beginning {
  const { name, route, plan, objects } = draft
  const { namespace } = route
  const id = { cluster: setting.cluster.name, namespace, name }
  const [deployment, service, ingress] = objects
  const proof: Proof = { isProven: false, version: '' }
  const at = { namespace, name: service.metadata.name }
  const tasks: Task[] = [
    madeTask(setting, { step: 'deployment', manifest: deployment, mayExist }),
    madeTask(setting, { step: 'service', manifest: service, mayExist }),
    podsTask(setting, { namespace, name: deployment.metadata.name }),
    endpointsTask(setting, { ...at, port: portIn(ingress) }),
    ingressTask(setting, { id, draft, mayExist, proof }),
    reachableTask(setting, id, {
      proven: () => {
        proof.isProven = true
      },
    }),
    trafficTask(setting, { id, plan, proof }),
  ]
  const staysParked = plan.weight === 0 && plan.rules === null
  const steps = stepsOf('start', { staysParked })
  const routeKey = JSON.stringify([setting.cluster.name, namespace, route.ingress, route.host, route.path])
  return {
    kind: 'start',
    id,
    tasks: tasks.filter(({ step }) => steps.includes(step)),
    route: routeKey,
  }
}

/** The port of the canary's Service that the Ingress names. */
const portIn = (ingress: StartDraft['objects'][2]): string =>
  parseIngress(ingress).rules[0]?.paths?.[0]?.backend?.port ?? ''
