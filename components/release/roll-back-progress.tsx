import type { RollBackState } from '@/components/release/use-roll-back'
import { useLanguage } from '@/components/shell/language-context'
import { Strip, type Tone } from '@/components/ui/strip'
import type { Claims } from '@/lib/domain/model/claims'
import type { Release } from '@/lib/domain/model/release'

/** How far a rollback made on this page is: written, due, proven. It says *proven* only when answers have proven it. */
export function RollBackProgress({
  state,
  release,
  claims,
  sampled,
}: {
  state: RollBackState
  release: Release
  claims: Claims
  sampled: boolean
}) {
  const { say, format } = useLanguage()
  const { weight, rules } = release
  if (state.step !== 'written' || weight > 0 || rules.header || rules.cookie) return null
  const words = say.release.rollBack
  const at = format.clock(new Date(state.atMs).toISOString())
  const { evidence, inEffectAt } = claims.change
  const line = (): { tone: Tone; text: string } => {
    if (evidence === 'contradicted') return { tone: 'bad', text: words.contradicted(at) }
    if (evidence === 'in-effect' && inEffectAt) {
      const afterMs = Date.parse(inEffectAt) - state.atMs
      return {
        tone: 'ok',
        text: afterMs < 0 ? words.already(at) : words.proven(at, format.duration(afterMs)),
      }
    }
    if (!sampled) return { tone: 'note', text: words.unproven(at) }
    return { tone: 'note', text: evidence === 'due' ? words.due(at) : words.written(at) }
  }
  const { tone, text } = line()
  return (
    <div className="mt-4">
      <Strip tone={tone} role="status">
        {text}
      </Strip>
    </div>
  )
}
