'use client'
import { CookieRung } from '@/components/release/rules/cookie-rung'
import { HeaderRung } from '@/components/release/rules/header-rung'
import { LastRung, Rung } from '@/components/release/rules/rung'
import { useLanguage } from '@/components/shell/language-context'
import { StepEnd } from '@/components/start/step-end'
import { OpenStep } from '@/components/start/step-frame'
import { TrafficWords } from '@/components/start/traffic-words'
import type { StartHand } from '@/components/start/use-start'
import { NumberField } from '@/components/ui/number-field'
import { problemText } from '@/lib/language/problem'

const NO_RULES = { header: null, cookie: null }
const TOTAL = 100

/** The third step: parked, unless rules or a weight are to be written once the canary is proven reachable. */
export function TrafficStep({
  hand,
  stable,
  canary,
  off,
}: {
  hand: StartHand
  stable: string
  canary: string
  off: string | undefined
}) {
  const { say, language } = useLanguage()
  const words = say.start.traffic
  const { draft, change, problemOf } = hand
  const rung = {
    present: NO_RULES,
    to: canary,
    hand: { shown: draft, change, problemOf },
    held: false,
  }
  const wrong = problemOf('weight')
  return (
    <OpenStep step="traffic" fact={words.fact} takesFocus={hand.isMoved}>
      <form
        noValidate
        className="grid max-w-220 gap-5"
        onSubmit={event => {
          event.preventDefault()
          if (!off) hand.proceed()
        }}
      >
        <div>
          <p>
            <TrafficWords draft={draft} stable={stable} canary={canary} />
          </p>
          <p className="text-sm text-ink-soft">{words.optional}</p>
        </div>
        <ol>
          <HeaderRung number={1} {...rung} />
          <CookieRung number={2} {...rung} />
          <Rung
            number={3}
            name={say.rules.weight}
            to={{ side: 'canary', name: canary }}
            skipped={draft.weight === 0}
            says={draft.weight > 0 && say.rules.says.weight}
          >
            <NumberField
              value={draft.weight}
              max={TOTAL}
              label={say.rules.weight}
              wrongText={words.wrong}
              onChange={weight => change({ weight })}
            />
            <span className="text-ink-soft">{words.weightText}</span>
            {wrong && (
              <span role="alert" className="text-sm text-bad">
                {problemText(wrong, language)}
              </span>
            )}
          </Rung>
          <LastRung name={say.rules.everythingElse} to={stable} />
        </ol>
        <StepEnd hand={hand} off={off} />
      </form>
    </OpenStep>
  )
}
