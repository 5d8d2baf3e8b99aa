import { PodDots } from '@/components/board/pod-dots'
import { operationLine, stepTitle, whyNot, written } from '@/components/operation/step-words'
import { useLanguage } from '@/components/shell/language-context'
import { useNowText } from '@/components/ui/clock'
import { type ProgressItem, ProgressList } from '@/components/ui/progress-list'
import type { Operation, Step } from '@/lib/domain/model/operation'
import { problemText } from '@/lib/language/problem'

/** The steps of one piece of work: what is done and when, what is at work and for how long, what hangs, where it stopped and why. */
export function OperationSteps({ operation }: { operation: Operation }) {
  const speech = useLanguage()
  const { say, language } = speech
  const words = say.operation
  const { steps, problem, kind, state, id } = operation
  const items = steps.map(
    (step): ProgressItem => ({
      key: step.step,
      state: step.state,
      title: stepTitle(step, speech),
      spoken: words.state[step.state],
      ...(step.at && { time: <Moment at={step.at} isRunning={step.state === 'running'} /> }),
      more: (
        <>
          {step.state === 'failed' && problem && <p className="text-bad">{problemText(problem, language)}</p>}
          <Pods step={step} told={problem ? problemText(problem, language) : ''} />
          {(step.state === 'skipped' || step.state === 'running') && whyNot(step, speech)}
        </>
      ),
    }),
  )
  const stopped = problem && !steps.some(step => step.state === 'failed')
  return (
    <>
      <ProgressList label={`${words.head[kind][state](id.name)}: ${words.steps}`} items={items} />
      {stopped && <p className="mt-3 text-bad">{problemText(problem, language)}</p>}
      <p role="status" className="sr-only">
        {operationLine(operation, speech)}
      </p>
    </>
  )
}

function Moment({ at, isRunning }: { at: string; isRunning: boolean }) {
  const { say, format } = useLanguage()
  const lasting = useNowText(nowMs => say.operation.lasting(format.duration(nowMs - Date.parse(at))))
  return (
    <time dateTime={at} title={format.exact(at)}>
      {isRunning ? lasting : format.clock(at)}
    </time>
  )
}

/** The new pods as dots, and what the one that hangs says, where it is not `told` already. */
function Pods({ step, told }: { step: Step; told: string }) {
  const speech = useLanguage()
  const { params, state } = step
  const { ready, replicas } = params
  if (step.step !== 'pods' || typeof ready !== 'number' || typeof replicas !== 'number') return null
  const [pod, reason, message] = ['pod', 'reason', 'message'].map(name => written(params, name, speech))
  const hangs = state === 'running' || state === 'failed'
  const words = [reason, message].filter(text => text && !told.includes(text))
  return (
    <>
      {replicas > 0 && (
        <div className="my-1">
          <PodDots kind="canary" ready={ready} all={replicas} />
        </div>
      )}
      {hangs && pod && <p className="font-mono break-words">{pod}</p>}
      {hangs && words.length > 0 && <p className="break-words">{words.join(': ')}</p>}
    </>
  )
}
