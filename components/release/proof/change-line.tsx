import { type Speech, useLanguage } from '@/components/shell/language-context'
import { Icon } from '@/components/ui/icon'
import { slowestOf } from '@/lib/domain/effect'
import type { Claims } from '@/lib/domain/model/claims'
import type { Samples } from '@/lib/domain/model/samples'

/** Written, due, in effect: how far the last change is, as three different facts. */
export function ChangeLine({ claims, samples }: { claims: Claims; samples: Samples | null }) {
  const { say, format } = useLanguage()
  const words = say.traffic.inEffect
  const { evidence, dueAt, inEffectAt, missing } = claims.change
  const text = () => {
    if (evidence === 'stale' || evidence === 'contradicted') return words[evidence]
    if (!samples || !dueAt) return ''
    const written = format.clock(samples.written)
    const blind = claims.lanes.every(each => each.verdict === 'cannot-measure')
    if (samples.state !== 'sampling' || blind) return words.unknown(written)
    if (evidence === 'in-effect' && inEffectAt) return words['in-effect'](format.clock(inEffectAt))
    if (evidence === 'due') return words.due(format.clock(dueAt), format.number(missing))
    return words.written(written, format.clock(dueAt))
  }
  const said = format.comma(
    [text(), samples?.state === 'sampling' ? byReplica(claims.change, { say, format }) : ''].filter(Boolean),
  )
  if (said === '') return null
  const tone =
    evidence === 'in-effect' ? 'text-ok' : evidence === 'contradicted' ? 'text-bad' : 'text-ink-soft'
  return (
    <p className="text-sm" role="status">
      {words.title}
      <span className={tone}>
        {evidence === 'in-effect' && <Icon name="check" />} {said}
      </span>
    </p>
  )
}

/** Which replica of the controller is waited for, where there are several; "" where that is of no use. */
function byReplica(
  { evidence, replicas }: Claims['change'],
  { say, format }: Pick<Speech, 'say' | 'format'>,
) {
  if (replicas.length < 2 || evidence === 'stale' || evidence === 'written') return ''
  const slowest = slowestOf(replicas)
  const all = format.number(replicas.length)
  if (!slowest) return evidence === 'in-effect' ? say.shared.replicas.all(all) : ''
  const done = replicas.filter(each => each.inEffect !== null).length
  return say.shared.replicas.waiting(format.number(done), all, slowest.url)
}
