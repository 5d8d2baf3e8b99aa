import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { namesOf } from '@/components/start/names'
import type { StartHand } from '@/components/start/use-start'
import { LinkButton } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { NumberField } from '@/components/ui/number-field'
import type { StartOffer } from '@/lib/domain/model/start'
import { problemText } from '@/lib/language/problem'

const MOST_REPLICAS = 1000
/** What is wrong has more to say than its field is wide. */
const ROOMY = '[&>[role=alert]]:w-[min(24rem,calc(100vw-2*var(--pad)))]'

/** Suffix, replicas and the canary Ingress's name, and what the copies will be called. */
export function NameFields({ offer, hand }: { offer: StartOffer; hand: StartHand }) {
  const { say, language } = useLanguage()
  const words = say.start.version
  const { draft, change, problemOf } = hand
  /** What is wrong with a field; where the name is taken, with the next one that is free. */
  const refused = (field: 'suffix' | 'replicas' | 'name') => {
    const told = problemOf(field)
    const next = told?.params?.next
    return (
      told && (
        <>
          {problemText(told, language)} {told.code !== 'already-exists' && say.start.mend(told)}{' '}
          {typeof next === 'string' && (
            <LinkButton onClick={() => change({ [field]: next })}>{words.next(next)}</LinkButton>
          )}
        </>
      )
    )
  }
  const names = namesOf(offer, draft)
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-start gap-x-5 gap-y-4">
        <Field
          mono
          className={`w-28 ${ROOMY}`}
          label={words.suffix}
          value={draft.suffix}
          maxLength={63}
          problem={refused('suffix')}
          onChange={event => change({ suffix: event.currentTarget.value })}
        />
        <span className="inline-grid gap-1">
          <span aria-hidden="true" className="text-sm text-ink-soft">
            {words.replicas}
          </span>
          <NumberField
            value={draft.replicas}
            min={1}
            max={MOST_REPLICAS}
            label={words.replicas}
            wrongText={words.replicasWrong}
            onChange={replicas => change({ replicas })}
          />
          {refused('replicas') && (
            <span role="alert" className="text-sm text-bad">
              {refused('replicas')}
            </span>
          )}
        </span>
        <Field
          mono
          className={`w-64 max-md:w-full ${ROOMY}`}
          label={words.name}
          value={draft.name}
          maxLength={253}
          problem={refused('name')}
          onChange={event => change({ name: event.currentTarget.value })}
        />
      </div>
      <p className="text-sm text-ink-soft">
        {names ? <RichText of={words.follows(names.deployment, names.service)} /> : words.followsReview}
      </p>
    </div>
  )
}
