import Link from 'next/link'
import { operationLine, presentStep } from '@/components/operation/step-words'
import { useLanguage } from '@/components/shell/language-context'
import { startHref } from '@/components/start/start-address'
import { Icon } from '@/components/ui/icon'
import { Time } from '@/components/ui/time'
import type { Operation } from '@/lib/domain/model/operation'
import type { HalfStarted } from '@/lib/domain/model/start'
import { problemText } from '@/lib/language/problem'

/** Where a piece of work can be followed: a start and its removal on the page that starts, the rest on the release's own. */
export const isFollowedThere = ({ kind }: Operation): boolean => kind !== 'image'

/** Work in one line: the step that runs and for how long, or where it stopped and why; a start leads to its steps. */
export function OperationLine({
  operation,
  route = null,
  isBare = false,
}: {
  operation: Operation
  route?: HalfStarted['route']
  /** A strip around it has the icon. */
  isBare?: boolean
}) {
  const speech = useLanguage()
  const { say, format, language } = speech
  const { state, problem, id, kind } = operation
  const present = presentStep(operation)
  const { cluster, namespace } = id
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5 text-sm">
      <span className={state === 'failed' ? 'font-semibold text-bad' : 'text-spot'}>
        {!isBare && state === 'failed' && <Icon name="error" />}{' '}
        {state === 'failed' ? say.operation.head[kind].failed(id.name) : operationLine(operation, speech)}
      </span>
      {problem && <span className="text-bad">{problemText(problem, language)}</span>}
      {state === 'running' && present?.step.at && (
        <span className="text-ink-soft">
          <Time
            at={present.step.at}
            exact={format.exact(present.step.at)}
            say={ageMs => say.operation.lasting(format.duration(ageMs))}
          />
        </span>
      )}
      {isFollowedThere(operation) && (
        <Link
          className="link"
          prefetch={false}
          href={startHref({
            cluster,
            route: route && { ...route, namespace },
            operation: operation.operation,
          })}
        >
          {state === 'running' ? say.operation.follow : say.operation.see}
        </Link>
      )}
    </p>
  )
}
