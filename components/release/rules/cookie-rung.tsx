import type { RungProps } from '@/components/release/rules/header-rung'
import { Rung } from '@/components/release/rules/rung'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { Button, LinkButton } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Icon } from '@/components/ui/icon'
import { problemText } from '@/lib/language/problem'

/** The cookie rule: a cookie of this name says always or never. */
export function CookieRung({ number, present, to, hand, held, dead, hit }: RungProps) {
  const { say, language } = useLanguage()
  const words = say.rules
  const { cookie } = hand.shown
  if (cookie === null)
    return (
      <Rung number={number} name={words.cookie} skipped hit={hit} says={present.cookie && words.willRemove}>
        <span className="text-ink-soft">{words.noCookie}</span>
        {!held && <LinkButton onClick={() => hand.change({ cookie: '' })}>{words.addCookie}</LinkButton>}
      </Rung>
    )
  const told = hand.problemOf('cookie')
  return (
    <Rung
      number={number}
      name={words.cookie}
      to={{ side: 'canary', name: to }}
      dead={dead}
      hit={hit}
      says={<RichText of={words.says.cookie} />}
    >
      <Field
        label={words.cookieName}
        hideLabel
        mono
        className={`w-44 max-md:flex-1 ${told ? 'min-w-[min(100%,300px)] max-md:basis-full' : 'max-md:min-w-16'}`}
        value={cookie}
        disabled={held}
        problem={told && problemText(told, language)}
        onChange={event => hand.change({ cookie: event.currentTarget.value })}
      />
      <span className="font-mono text-sm">{words.cookieAlways}</span>
      {!held && (
        <Button
          kind="quiet"
          square
          className="self-start"
          aria-label={words.remove(words.cookie)}
          title={words.remove(words.cookie)}
          onClick={() => hand.change({ cookie: null })}
        >
          <Icon name="x" />
        </Button>
      )}
    </Rung>
  )
}
