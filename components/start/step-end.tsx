import { useLanguage } from '@/components/shell/language-context'
import type { StartHand } from '@/components/start/use-start'
import { Button } from '@/components/ui/button'
import { problemText } from '@/lib/language/problem'

/** Where a step ends: *Continue*, what keeps it from going on, and what was refused. */
export function StepEnd({ hand, off }: { hand: StartHand; off: string | undefined }) {
  const { say, language } = useLanguage()
  const { busy, problem } = hand
  return (
    <div className="grid gap-2">
      {problem && (
        <p role="alert" className="text-bad">
          {problemText(problem, language)} {say.start.mend(problem)}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button kind="go" type="submit" reason={off} aria-disabled={busy !== undefined}>
          {busy ? say.start.checking : say.start.proceed}
        </Button>
        {off && <span className="text-sm text-ink-soft">{off}</span>}
      </div>
    </div>
  )
}
