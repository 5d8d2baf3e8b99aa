import { podsOf, versionName } from '@/components/board/pods'
import { Ago } from '@/components/shell/ago'
import { type Speech, useLanguage } from '@/components/shell/language-context'
import { Icon } from '@/components/ui/icon'
import type { Claims } from '@/lib/domain/model/claims'
import type { BoardRelease, Observed, VerdictKind } from '@/lib/domain/model/release'
import type { CannotMeasure } from '@/lib/domain/model/samples'

type Mood = 'bad' | 'warn' | 'ok' | 'plain' | 'soft'
type Line = { mood: Mood; head: string; more: string; at?: string; empty?: boolean }

const MOOD: Record<VerdictKind, Mood> = {
  'as-configured': 'ok',
  'not-as-configured': 'bad',
  'not-enough-yet': 'plain',
  'cannot-measure': 'warn',
}
const INK: Record<Mood, string> = {
  bad: 'font-semibold text-bad',
  warn: 'font-semibold text-warn',
  ok: 'font-semibold text-ok',
  plain: 'font-semibold',
  soft: 'text-ink-soft',
}

/** What the samples of the lane *everyone* prove, with its age; before that, what keeps the canary from serving at all. */
export function VerdictCell({ release, claims }: { release: BoardRelease; claims: Claims }) {
  const line = lineOf(release, claims, useLanguage())
  return (
    <div className="col-start-1 min-w-0 max-md:flex max-md:flex-wrap max-md:items-baseline max-md:gap-x-2.5 md:max-xl:[grid-area:1/3] xl:col-start-auto">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className={INK[claims.connection === 'live' ? line.mood : 'soft']}>
          {line.mood === 'bad' && <Icon name="x" />} {line.mood === 'ok' && <Icon name="check" />} {line.head}
        </span>
        {line.at && (
          <span className="text-xs text-ink-soft">
            <Ago at={line.at} />
          </span>
        )}
      </p>
      <p className="text-xs/[18px] text-ink-soft empty:hidden">{line.more}</p>
      {claims.attention.includes('not-ready') && !line.empty && <NotReady release={release} />}
    </div>
  )
}

/** Which version lacks ready pods, where the row has not said it with its dots. */
function NotReady({ release: { stable, canary } }: { release: BoardRelease }) {
  const { say, format } = useLanguage()
  const lacking = [stable, canary].filter(version => podsOf(version).ready < podsOf(version).all)
  return lacking.map(version => {
    const { ready, all } = podsOf(version)
    return (
      <p key={version.service} className="text-xs/[18px] text-warn">
        {say.board.pods(versionName(version), format.number(ready), format.number(all))}
      </p>
    )
  })
}

function lineOf(release: BoardRelease, claims: Claims, speech: Speech): Line {
  const { say, format } = speech
  const { board, shared } = say
  const why = claims.truth.find(each => each.id === 'dead' || each.id.endsWith('-empty'))
  if (claims.state === 'dead' && (why?.id === 'dead' || release.routes.length === 0)) {
    const canary = why?.id === 'dead' ? why.canary : ''
    return { mood: 'bad', head: board.noEffect, more: canary ? board.noEffectWhy(canary) : '' }
  }
  if (release.owner)
    return {
      mood: 'plain',
      head: board.filter.foreign,
      more: format.comma([`${release.owner.kind} ${release.owner.name}`, shared.watchOnly]),
    }
  if (why?.id === 'stable-empty')
    return { mood: 'bad', head: board.stableEmpty, more: board.stableEmptyWhy(why.stable), empty: true }
  if (why?.id === 'canary-empty')
    return { mood: 'bad', head: board.canaryEmpty, more: board.canaryEmptyWhy(why.stable), empty: true }

  const { observed } = release
  if (!observed) return { mood: 'soft', head: shared.notSampled, more: '' }
  if (!claims.lanes.some(each => each.lane === 'everyone'))
    return { mood: 'soft', head: board.notSampledSince, more: '' }
  return {
    mood: MOOD[observed.verdict],
    head: shared.verdict[observed.verdict],
    more: measured(observed, release, speech),
    at: observed.at,
  }
}

const isReason = (why: string, known: Record<CannotMeasure, string>): why is CannotMeasure => why in known

function measured(observed: Observed, release: BoardRelease, { say, format }: Speech): string {
  if (observed.verdict === 'cannot-measure') {
    const { why = '' } = observed
    return isReason(why, say.shared.cannotMeasure) ? say.shared.cannotMeasure[why] : why
  }
  const seen = observed.share === null ? [] : [say.board.seen(format.percent(observed.share))]
  const base =
    observed.verdict === 'not-enough-yet'
      ? say.board.aboutMore(format.number(observed.missing))
      : say.board.configured(format.percent(Math.min(1, release.weight / release.weightTotal)))
  return format.comma([...seen, base])
}
