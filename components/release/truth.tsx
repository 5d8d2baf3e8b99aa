import { useLanguage } from '@/components/shell/language-context'
import { RichText } from '@/components/shell/rich-text'
import type { Claims, Truth as Clause, Evidence } from '@/lib/domain/model/claims'
import type { Catalogue } from '@/lib/language/catalogue'
import type { Founded } from '@/lib/language/en/release'
import type { Rich } from '@/lib/language/rich'

type Words = Catalogue['release']['truth']
type Of<Id extends Clause['id']> = Extract<Clause, { id: Id }>

function marksOf({ header, cookie }: Of<'rules'>, words: Words): Rich[] {
  const { name = '', value, pattern } = header ?? {}
  const headerMark = value
    ? words.headerValue(name, value)
    : pattern
      ? words.headerPattern(name, pattern)
      : words.headerValue(name, 'always')
  return [...(header ? [headerMark] : []), ...(cookie ? [words.cookie(cookie)] : [])]
}

function shareText(
  clause: Omit<Of<'share'>, 'evidence'> & { evidence: Founded },
  marked: boolean,
  words: Words,
): Rich {
  if (clause.weight > 0) return words.share(clause)
  return marked ? words.nobodyUnmarked(clause) : words.nobody(clause)
}

/** A clause that waits for answers, where no lane can be measured: no answer will come. */
function foundedOf(evidence: Evidence, { lanes }: Claims): Founded {
  const blind = lanes.length > 0 && lanes.every(each => each.verdict === 'cannot-measure')
  return blind && (evidence === 'written' || evidence === 'due') ? 'unmeasured' : evidence
}

function clauseText(clause: Clause, claims: Claims, words: Words): Rich {
  const all = claims.truth
  const marked = all.some(each => each.id === 'rules')
  const weight = all.find(each => each.id === 'share')?.weight ?? 0
  switch (clause.id) {
    case 'share':
      return shareText({ ...clause, evidence: foundedOf(clause.evidence, claims) }, marked, words)
    case 'rules':
      return words.rules(marksOf(clause, words), { canary: clause.canary, evidence: clause.evidence, weight })
    case 'dead':
      return clause.path ? words.dead(clause) : [words.deadNowhere]
    case 'stable-empty':
      return words.stableEmpty(clause)
    case 'canary-empty':
      return words.canaryEmpty(clause)
    case 'wider':
      return words.wider(clause.routes)
  }
}

/** What is true now, in one sentence of plain words; its first clause ends its line. Only what `claimsOf` allows is said. */
export function Truth({ claims }: { claims: Claims }) {
  const { say } = useLanguage()
  const words = say.release.truth
  const clauses = claims.truth.map(clause => clauseText(clause, claims, words))
  const [first = [words.deadNowhere], ...rest] = clauses
  const soft = claims.connection === 'live' ? '' : 'text-ink-soft'
  return (
    <h1
      tabIndex={-1}
      className={`max-w-[76ch] text-2xl text-pretty font-normal tracking-[-.012em] [&_svg]:size-[.56em] [&_svg]:align-[.02em] [:lang(zh)_&]:tracking-normal ${soft}`}
    >
      <span className="block">
        <RichText of={first} />
      </span>{' '}
      {rest.map((clause, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: clauses have no identity but their place
        <span key={index}>
          <RichText of={clause} />{' '}
        </span>
      ))}
    </h1>
  )
}
