import { nameOf } from '@/components/release/name-of'
import type { Sent } from '@/components/release/try/use-sent'
import { Ago } from '@/components/shell/ago'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { Icon } from '@/components/ui/icon'
import { Strip } from '@/components/ui/strip'
import type { SentRequest } from '@/lib/contract'
import { agreementOf } from '@/lib/domain/agreement'
import type { Release } from '@/lib/domain/model/release'
import { problemText } from '@/lib/language/problem'
import { canary, type Piece, stable, strong } from '@/lib/language/rich'

/** What came of a request that was sent for real: who answered, and how that stands to what was predicted. */
export function SentLine({ release, sent }: { release: Release; sent: Sent }) {
  const { say, language } = useLanguage()
  const { reply, atMs } = sent
  if (!reply.ok) return <p className="text-sm text-bad">{problemText(reply.problem, language)}</p>
  const { gateway, why } = reply.value
  if (gateway === null) {
    const reason = say.shared.cannotMeasure[why ?? 'no-gateway']
    return <p className="text-sm">{say.trial.notSent(reason)}</p>
  }
  return (
    <div className="grid gap-2 text-sm">
      <Answered release={release} value={reply.value} at={new Date(atMs).toISOString()} />
      {sent.isCurrent ? <Compared release={release} value={reply.value} /> : <p>{say.trial.changedSince}</p>}
    </div>
  )
}

function Answered({ release, value, at }: { release: Release; value: SentRequest; at: string }) {
  const { say, format } = useLanguage()
  const words = say.trial
  const { answered, version, status, ms, gateway, pod } = value
  const who: Record<SentRequest['answered'], Piece> = {
    stable: stable(version ?? nameOf(release.stable)),
    canary: canary(version ?? nameOf(release.canary)),
    unknown: strong(words.unrecognised),
    error: strong(words.failed),
  }
  const facts = [
    ...(status === null ? [] : [String(status)]),
    words.tookMs(format.number(Math.round(ms))),
    words.through(gateway ?? ''),
  ]
  return (
    <p>
      <span className="text-ink-soft">
        {words.answered[0]}
        <Ago at={at} />
        {words.answered[1]}
      </span>
      <RichText of={[who[answered]]} /> <span className="text-ink-soft">{facts.join(' · ')}</span>
      {pod && <span className="font-mono text-ink-soft"> · {pod}</span>}
    </p>
  )
}

function Compared({ release, value }: { release: Release; value: SentRequest }) {
  const { say } = useLanguage()
  const words = say.trial
  const agreement = agreementOf(value, release)
  if (agreement.kind === 'differs') {
    const { predicted } = value
    const named =
      predicted === 'stable' || predicted === 'canary'
        ? { as: predicted, text: nameOf(release[predicted]) }
        : strong(predicted)
    return (
      <Strip tone="warn">
        <p>
          <RichText of={words.differs(named)} />
        </p>
        <ul>
          {agreement.reasons.map(reason => (
            <li key={reason}>{words.reason[reason]}</li>
          ))}
        </ul>
      </Strip>
    )
  }
  if (agreement.kind === 'as-predicted')
    return (
      <p className="text-ok">
        <Icon name="check" /> {words.agrees}
      </p>
    )
  if (agreement.kind === 'proves-nothing') return <p>{words.provesNothing}</p>
  const { why } = value
  const because = why === 'unknown-answers' ? words.oneUnknown : why && say.shared.cannotMeasure[why]
  return <p>{because ? words.cannotTellWhy(because) : words.cannotTell}</p>
}
