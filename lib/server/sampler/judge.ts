import 'server-only'
import type { Counted } from '@/lib/domain/lane'
import type { LaneSamples } from '@/lib/domain/model/samples'
import { canTellApart, type Lexicon, lexiconOf, recognise } from '@/lib/domain/recognise'
import { parseSamplingSetting } from '@/lib/domain/sampling-setting'
import { found } from '@/lib/server/pattern'
import type { SamplingFacts } from '@/lib/server/sampler/facts'
import type { ProbeAnswer } from '@/lib/server/sampler/probe'
import type { Target } from '@/lib/server/sampler/target'

/** One answer, judged. `example` is what an answer that was not recognised may be shown by: never its text. */
export type Judged = Counted & {
  status: number
  ms: number
  pod: string
  example: LaneSamples['examples'][number] | null
}

/** What tells a release's versions apart in answers to probes that have said this. */
export function lexiconFor({ release, canary }: SamplingFacts, said: readonly string[]): Lexicon {
  const versionFrom = parseSamplingSetting(canary).versionFrom ?? null
  return lexiconOf({ stable: release.stable, canary: release.canary, versionFrom, said })
}

/** Which version answered a probe, or why that cannot be told. */
export function judged(answer: ProbeAnswer, lexicon: Lexicon, target: Target): Judged {
  const { ms } = answer
  if (!answer.ok)
    return {
      answered: 'error',
      why: answer.blocked ?? 'unknown-answers',
      status: 0,
      ms,
      pod: '',
      example: null,
    }
  const { status, headers } = answer
  const plain = { status, ms, pod: '', example: null }
  if (status === 401 || status === 403) return { ...plain, answered: 'error', why: 'asks-for-login' }
  if (redirectsToHttps(status, headers.location, target))
    return { ...plain, answered: 'error', why: 'redirects-to-https' }

  const { version, words, pod = '' } = recognise(answer, lexicon, found)
  if (version !== 'unknown') return { ...plain, answered: version, pod }
  return {
    ...plain,
    answered: status >= 500 ? 'error' : 'unknown',
    why: canTellApart(lexicon) ? 'unknown-answers' : 'versions-alike',
    example: {
      status,
      contentType: typeText(headers['content-type']),
      words: words.slice(0, 8).map(clipped),
    },
  }
}

const clipped = (word: string) => word.slice(0, 64)
const typeText = (type = '') => /^[\w.+-]{1,64}\/[\w.+-]{1,64}/.exec(type)?.[0] ?? ''

const redirectsToHttps = (status: number, location = '', { scheme }: Target) =>
  scheme === 'http' && status >= 301 && status <= 308 && /^https:\/\//i.test(location)
