import type { Pod } from '@/lib/domain/model/workload'
import { clipped, conditionOf, identityOf } from '@/lib/domain/object'
import { fieldsOf, itemsOf, type Share, textOf, textsOf, wholeOf } from '@/lib/domain/raw'

type Fields = Readonly<Record<string, unknown>>
type Why = { reason: string; message: string }

const same: Share = text => text
const NO_REASON: Why = { reason: '', message: '' }

/** A pod as the cluster sends it, projected; a Pod without status is Pending and not ready. */
export function parsePod(raw: unknown, share: Share = same): Pod {
  const { metadata, spec, status } = fieldsOf(raw)
  const state = fieldsOf(status)
  const isEnding = textOf(fieldsOf(metadata).deletionTimestamp) !== ''
  const containers = itemsOf(state.containerStatuses)
  const ready = conditionOf(state, 'Ready')?.status === 'True'
  const { reason, message } = ready ? NO_REASON : whyNotReady(state, containers)
  const lastExit = lastExitOf(containers, share)
  let restarts = 0
  for (const item of containers) restarts += wholeOf(fieldsOf(item).restartCount)
  return {
    ...identityOf(raw, share),
    labels: textsOf(fieldsOf(metadata).labels, share),
    ready,
    phase: share(isEnding ? 'Terminating' : textOf(state.phase) || 'Pending'),
    ...(reason && { reason: share(reason) }),
    ...(message && { message: clipped(message) }),
    ...(lastExit && { lastExit }),
    restarts,
    image: share(textOf(fieldsOf(itemsOf(fieldsOf(spec).containers)[0]).image)),
    node: share(textOf(fieldsOf(spec).nodeName)),
    startedAt: textOf(state.startTime) || textOf(fieldsOf(metadata).creationTimestamp) || null,
  }
}

const whyOf = ({ reason, message }: Fields): Why => ({ reason: textOf(reason), message: textOf(message) })

/** The most telling word first: evicted, then a container's own reason, then the scheduler's, then the kubelet's. */
function whyNotReady(status: Fields, containers: readonly unknown[]): Why {
  if (textOf(status.reason)) return whyOf(status)
  for (const statuses of [itemsOf(status.initContainerStatuses), containers]) {
    for (const item of statuses) {
      const { waiting, terminated } = fieldsOf(fieldsOf(item).state)
      const ended = fieldsOf(terminated)
      const why = [whyOf(fieldsOf(waiting)), ended.exitCode === 0 ? NO_REASON : whyOf(ended)]
      const telling = why.find(each => each.reason && each.reason !== 'PodInitializing')
      if (telling) return telling
    }
  }
  const scheduled = conditionOf(status, 'PodScheduled') ?? {}
  const unscheduled = scheduled.status === 'False' ? whyOf(scheduled) : NO_REASON
  return unscheduled.reason ? unscheduled : whyOf(conditionOf(status, 'Ready') ?? {})
}

/** How a container last ended: the end before its present run, else the end it is in. */
function lastExitOf(containers: readonly unknown[], share: Share): Pod['lastExit'] {
  for (const item of containers) {
    const container = fieldsOf(item)
    const before = fieldsOf(container.lastState).terminated
    const ended = before ?? fieldsOf(container.state).terminated
    if (ended !== undefined && ended !== null) {
      const { reason, exitCode } = fieldsOf(ended)
      return { reason: share(textOf(reason)), code: wholeOf(exitCode) }
    }
  }
  return undefined
}
