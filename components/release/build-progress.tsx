import { OperationSteps } from '@/components/operation/operation-steps'
import { useLanguage } from '@/components/shell/language-context'
import { Strip } from '@/components/ui/strip'
import type { Operation } from '@/lib/domain/model/operation'
import type { Release } from '@/lib/domain/model/release'

/** Whether nobody has changed the release since a build was deployed: only then its result is still what is. */
const isStillSo = ({ endedAt }: Operation, { changedAt, state }: Release) =>
  state === 'parked' && endedAt !== null && (changedAt === null || changedAt <= endedAt)

/** How far a fixed build is, where it stopped, or that it is deployed and parked; nothing where there is none. */
export function BuildProgress({ work, release }: { work: Operation; release: Release }) {
  const { say, format } = useLanguage()
  const { kind, state, endedAt } = work
  if (kind !== 'image' || (state === 'done' && !isStillSo(work, release))) return null
  return (
    <div className="mt-4 grid gap-3">
      <OperationSteps operation={work} />
      {state === 'running' && <p className="text-sm text-ink-soft">{say.operation.goesOn}</p>}
      {state === 'failed' && <p className="text-sm text-ink-soft">{say.operation.image.failed}</p>}
      {state === 'done' && endedAt && (
        <Strip tone="ok">{say.operation.image.done(format.clock(endedAt))}</Strip>
      )}
    </div>
  )
}
