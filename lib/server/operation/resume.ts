import 'server-only'
import type { Accepted } from '@/lib/contract'
import type { ReleaseId } from '@/lib/domain/model/release'
import type { StartDraft } from '@/lib/domain/model/start'
import { isMadeFrom, isUntouched } from '@/lib/domain/operation/ours'
import { type Failure, fail, ok, type Result } from '@/lib/domain/problem'
import { fieldsOf } from '@/lib/domain/raw'
import { parseChange } from '@/lib/domain/start/change'
import type { StartChoice } from '@/lib/domain/start/choice'
import { startAnnotation } from '@/lib/domain/start/mark'
import { resumedChoice } from '@/lib/domain/start/resume'
import { parseDeployment } from '@/lib/domain/workload'
import { type Far, lookUp } from '@/lib/server/operation/far'
import type { Operations } from '@/lib/server/operation/operations'
import { madeFor } from '@/lib/server/operation/remove'
import type { Setting } from '@/lib/server/operation/setting'
import { startOf } from '@/lib/server/operation/start'
import { readDraft } from '@/lib/server/start/draft'

type Asked = { setting: Setting; operations: Operations; id: ReleaseId }

/**
 * Goes on with a start that has not come to its end, also after a restart: what it was to be stands on the Deployment, or is remembered
 * where not even that was made. What exists is taken as it is, what is missing is made.
 *
 * Errors: `not-found` where nothing tells what was to be; `already-released` for a release somebody has steered since; `already-exists`
 * where what stands there is not what this start would make; those of a draft; `operation-running`.
 */
export async function continueStart({ setting, operations, id }: Asked): Promise<Result<Accepted>> {
  const unread = setting.cluster.unread()
  if (unread) return unread
  const ended = atItsEnd(setting, id)
  if (ended) return ended
  const made = await madeFor(farOnce(setting), { id, kind: 'Deployment' })
  if (!made.ok) return made
  const [deployment] = made.value
  const choice =
    deployment === undefined ? remembered(operations, id) : await choiceOn(setting, id, deployment)
  if (!choice.ok) return choice
  const draft = await readDraft(setting.cluster, choice.value, { continues: true })
  if (!draft.ok) return draft
  const whole = deployment === undefined ? draft : withMade(draft.value, deployment, choice.value)
  if (!whole.ok) return whole
  return operations.begin({ ...startOf(setting, whole.value, { mayExist: true }), choice: choice.value })
}

/** A canary that somebody has written on since it was made is steered by people now. */
function atItsEnd({ cluster }: Setting, { namespace, name }: ReleaseId): Failure | null {
  const canary = cluster.ingress(namespace, name)
  if (!canary || isUntouched(canary)) return null
  const title = `The canary Ingress ${name} stands, and somebody has written on it since: there is no start to go on with`
  return fail('already-released', title, { params: { release: name } })
}

function remembered(operations: Operations, id: ReleaseId): Result<StartChoice> {
  const latest = operations.latest(id)
  if (latest?.choice && latest.operation.state === 'failed') return ok(latest.choice)
  return fail('not-found', `Nothing tells what a start of ${id.namespace}/${id.name} was to be`)
}

/** What the Deployment says the start was to be; the one it was copied from has to be there still. */
async function choiceOn(setting: Setting, id: ReleaseId, deployment: unknown): Promise<Result<StartChoice>> {
  const annotations = fieldsOf(fieldsOf(fieldsOf(deployment).metadata).annotations)
  const from = parseChange(annotations[startAnnotation.change])?.deployment
  const unclear = fail('not-found', `Nothing tells what a start of ${id.namespace}/${id.name} was to be`)
  if (from === undefined) return unclear
  const stable = await lookUp(farOnce(setting), { kind: 'Deployment', namespace: id.namespace, name: from })
  if (!stable.ok) return stable
  const title = `The Deployment ${id.namespace}/${from}, which was to be copied, is not there any more`
  if (stable.value === null) return fail('not-found', title, { params: { kind: 'Deployment', name: from } })
  const choice = resumedChoice(deployment, stable.value)
  return choice ? ok(choice) : unclear
}

/**
 * The draft with the Deployment that is there. Errors: `already-exists` where its pods would be told by other labels, or run another image
 * than it says: promote would apply what it says.
 */
function withMade(
  draft: StartDraft,
  deployment: unknown,
  { container, image }: StartChoice,
): Result<StartDraft> {
  const [wanted, service, ingress] = draft.objects
  const annotations = fieldsOf(fieldsOf(deployment).metadata).annotations
  const made = { ...wanted, metadata: { ...wanted.metadata, annotations } }
  const held = parseDeployment(deployment).containers.find(({ name }) => name === container)
  if (isMadeFrom(deployment, made) && held?.image === image)
    return ok({ ...draft, objects: [made, service, ingress] })
  const { name } = wanted.metadata
  const title = `The Deployment ${name} is not what this start would make now: remove it and start anew`
  return fail('already-exists', title, { params: { kind: 'Deployment', name } })
}

/** Whoever waits for an answer is told at once when there is none. */
const farOnce = ({ cluster, times }: Setting): Far => ({
  connection: cluster.connection,
  signal: new AbortController().signal,
  note: () => undefined,
  askMs: times.askMs,
  patienceMs: 0,
})
