import { isPlausible } from '@/scripts/cases/binomial'
import { type Case, type CaseIngress, type CaseRequest, NAMESPACE, portOf } from '@/scripts/cases/case'
import type { RawAnswer } from '@/scripts/cases/raw-client'
import { askAll } from '@/tests/cluster/differential/ask'
import { answerIn, type Plot, requestIn } from '@/tests/cluster/differential/plot'
import type { Side } from '@/tests/cluster/differential/side'
import { namedBy } from '@/tests/cluster/differential/world'

const TRIALS = 2_000
const LEVEL = 1e-6

/** A case on its plot, whose Ingresses the gateway obeys. */
export type Staged = { one: Case; request: CaseRequest; plot: Plot }

/** The request with the cookie that a backend of the main or the canary Ingress has set. */
function withCookie({ main, canary }: Case, request: CaseRequest): CaseRequest {
  const { affinityCookieFrom, ...rest } = request
  const issuer = affinityCookieFrom === 'main' ? main : canary
  const [service] = issuer ? namedBy(issuer) : []
  if (!affinityCookieFrom || !service) return request
  const name = main?.annotations?.['session-cookie-name'] ?? 'INGRESSCOOKIE'
  return { ...rest, affinityCookie: { name, namespace: issuer?.namespace ?? NAMESPACE, service } }
}

const serves = (one: CaseIngress | null, answer: string): boolean =>
  one !== null &&
  namedBy(one).some(service => `${one.namespace ?? NAMESPACE}/${portOf(service).service}` === answer)

/** Which side of the case an answer came from, in the words of its expectation. */
function sideOf({ one, plot }: Staged, { endpoints }: Side, { status, body }: RawAnswer): string {
  if (status !== 200) return String(status)
  const answer = answerIn(plot, endpoints.nameAt(body))
  if (one.expect.to === 'service') return answer.replace(/^.*\//, '')
  if (serves(one.main, answer)) return 'main'
  return serves(one.canary, answer) ? 'canary' : answer
}

async function judgeSplit(side: Side, staged: Staged, text: string): Promise<string | null> {
  const answers = await askAll(
    side.gatewayPort,
    Array.from({ length: TRIALS }, () => text),
  )
  const sides = answers.map(answer => sideOf(staged, side, answer))
  const hits = sides.filter(each => each === 'canary').length
  const share = staged.one.expect.canaryRatio ?? 0
  const other = sides.find(each => each !== 'main' && each !== 'canary')
  if (other !== undefined) return `expected main and canary, got ${other}`
  if (isPlausible(hits, { trials: TRIALS, share, level: LEVEL })) return null
  return `expected a share of ${share}, got ${hits} of ${TRIALS}`
}

/** Judges one staged case by what the gateway answers now: null where it holds, else what was wrong. */
export async function judge(side: Side, staged: Staged): Promise<string | null> {
  const { one, request, plot } = staged
  const { to, service, setsAffinityCookie } = one.expect
  const text = requestIn(plot, withCookie(one, request), side.cookieText)
  if (to === 'split') return judgeSplit(side, staged, text)
  const [answer] = await askAll(side.gatewayPort, [text])
  const got = answer ? sideOf(staged, side, answer) : 'no answer'
  const wanted = to === 'service' ? service : to
  if (got !== wanted) return `expected ${wanted}, got ${got}`
  const sets = answer?.headers.has('set-cookie')
  if (setsAffinityCookie === undefined || sets === setsAffinityCookie) return null
  return `expected setsAffinityCookie ${setsAffinityCookie}, got ${sets}`
}
