import { type HeaderDraft, type HeaderMode, NEW_HEADER } from '@/components/release/rules/rules-draft'
import { Rung } from '@/components/release/rules/rung'
import type { RungHand } from '@/components/release/rules/use-rules-draft'
import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import { Button, LinkButton } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Icon } from '@/components/ui/icon'
import type { Rules } from '@/lib/domain/model/release'
import { problemText } from '@/lib/language/problem'

/** `present`: the rules as they are written, none where there is no release yet; `to`: the canary's name. */
export type RungProps = {
  number: number
  present: Rules
  to: string
  hand: RungHand
  held: boolean
  dead?: string | undefined
  hit?: string | undefined
}

/** A field with a sentence below it takes the room to say it. */
const WRONG = 'min-w-[min(100%,300px)] max-md:basis-full'

const MODES: readonly HeaderMode[] = ['always', 'exact', 'pattern']

/** The header rule: always/never, one exact value, or a pattern with an example for the probes. */
export function HeaderRung({ number, present, to, hand, held, dead, hit }: RungProps) {
  const { say } = useLanguage()
  const words = say.rules
  const { header } = hand.shown
  if (!header)
    return (
      <Rung number={number} name={words.header} skipped hit={hit} says={present.header && words.willRemove}>
        <span className="text-ink-soft">{words.noHeader}</span>
        {!held && (
          <LinkButton onClick={() => hand.change({ header: NEW_HEADER })}>{words.addHeader}</LinkButton>
        )}
      </Rung>
    )
  const bothSet = header.mode === 'exact' && present.header?.value && present.header.pattern
  return (
    <Rung
      number={number}
      name={words.header}
      to={{ side: 'canary', name: to }}
      dead={dead}
      hit={hit}
      says={
        <>
          <RichText of={words.says[header.mode](header.name || '…')} /> {bothSet && words.says.bothSet}
        </>
      }
    >
      <HeaderFields header={header} hand={hand} held={held} />
      {!held && (
        <Button
          kind="quiet"
          square
          className="self-start"
          aria-label={words.remove(words.header)}
          title={words.remove(words.header)}
          onClick={() => hand.change({ header: null })}
        >
          <Icon name="x" />
        </Button>
      )}
    </Rung>
  )
}

function HeaderFields({ header, hand, held }: { header: HeaderDraft; hand: RungHand; held: boolean }) {
  const { say, language } = useLanguage()
  const words = say.rules
  const set = (part: Partial<HeaderDraft>) => hand.change({ header: { ...header, ...part } })
  const field = (
    key: 'name' | 'value' | 'pattern' | 'example',
    label: string,
    width: string,
    more: { placeholder?: string } = {},
  ) => {
    const told = hand.problemOf(`header.${key}`)
    return (
      <Field
        label={label}
        hideLabel
        mono
        className={`${width} max-md:flex-1 ${told ? WRONG : 'max-md:min-w-16'}`}
        value={header[key]}
        disabled={held}
        problem={told && problemText(told, language)}
        onChange={event => set({ [key]: event.currentTarget.value })}
        {...more}
      />
    )
  }
  return (
    <>
      {field('name', words.headerName, 'w-32')}
      <select
        aria-label={words.mode}
        disabled={held}
        className="h-(--ctl) rounded-md border border-line-strong bg-sheet px-2 disabled:border-dashed disabled:bg-transparent disabled:text-ink-soft max-md:min-w-0 max-md:flex-1"
        value={header.mode}
        onChange={event => set({ mode: MODES.find(mode => mode === event.currentTarget.value) ?? 'always' })}
      >
        {MODES.map(mode => (
          <option key={mode} value={mode}>
            {words.modes[mode]}
          </option>
        ))}
      </select>
      {header.mode === 'exact' && field('value', words.headerValue, 'w-36')}
      {header.mode === 'pattern' &&
        field('pattern', words.headerPattern, 'w-56 max-md:basis-full', { placeholder: '^(a|b)$' })}
      {header.mode === 'pattern' &&
        field('example', words.headerExample, 'w-40 max-md:basis-2/3', {
          placeholder: words.headerExampleHint,
        })}
    </>
  )
}
