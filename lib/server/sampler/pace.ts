import 'server-only'
import type { Ingress } from '@/lib/domain/model/ingress'
import { parseSamplingSetting } from '@/lib/domain/sampling-setting'
import type { LanePlan } from '@/lib/server/sampler/plan'
import type { Asker } from '@/lib/server/sampler/schedule'

/** Units: probes a second. */
const RELEASE_RATE = 50
const EVERYONE_RATE = 5
const RULE_RATE = 1
const REACH_RATE = 0.2

type Asked = { plans: readonly LanePlan[]; isReaching: boolean }

/** Who asks how often, and how often everyone's lane does. Limits: together at most 50 a second a release. */
export function paceOf(
  canary: Ingress,
  { plans, isReaching }: Asked,
): { perSecond: number; askers: { asker: Asker; everyMs: number }[] } {
  const { perSecond: wanted = EVERYONE_RATE } = parseSamplingSetting(canary)
  const others = RULE_RATE * (plans.length - 1) + (isReaching ? REACH_RATE : 0)
  const perSecond = Math.min(wanted, RELEASE_RATE - others)
  const rateOf = (asker: Asker) => (asker === 'everyone' ? perSecond : RULE_RATE)
  const lanes = plans
    .filter(plan => plan.why === null)
    .map(({ lane }) => ({ asker: lane, everyMs: 1000 / rateOf(lane) }))
  const reach = { asker: 'reachability' as const, everyMs: 1000 / REACH_RATE }
  return { perSecond, askers: isReaching ? [...lanes, reach] : lanes }
}
