import { fieldsOf, itemsOf, textOf, wholeOf } from '@/lib/domain/raw'
import type { Case } from '@/scripts/cases/case'
import { backendNameIn, type Plot } from '@/tests/cluster/differential/plot'
import { namedBy } from '@/tests/cluster/differential/world'

const BACKENDS = 'http://127.0.0.1:10246/configuration/backends'

/** What the controller has handed to nginx: each backend by name. */
export async function liveBackends(): Promise<ReadonlyMap<string, unknown>> {
  const backends: unknown = await (await fetch(BACKENDS)).json()
  return new Map(itemsOf(backends).map(each => [textOf(fieldsOf(each).name), each]))
}

/**
 * Judges what the controller has read from a canary's annotations, seen in the backend it has made of it.
 * Limits: a parser's error shows as an Ingress that is no canary.
 */
export function judgeParsed(one: Case, plot: Plot, live: ReadonlyMap<string, unknown>): string | null {
  const { canary, expect } = one
  const [service] = canary ? namedBy(canary) : []
  const backend = service && live.get(backendNameIn(plot, service, canary?.namespace))
  if (!backend) return `the controller has no backend for ${service}`
  const { noServer, trafficShapingPolicy } = fieldsOf(backend)
  const policy = fieldsOf(trafficShapingPolicy)
  const read: Record<string, unknown> = {
    enabled: noServer === true,
    weight: wholeOf(policy.weight),
    header: textOf(policy.header),
    headerValue: textOf(policy.headerValue),
    headerPattern: textOf(policy.headerPattern),
    cookie: textOf(policy.cookie),
  }
  const { error, ...parsed } = expect.parse ?? {}
  const wanted = error ? { enabled: false, weight: 0, header: '', cookie: '' } : parsed
  const wrong = Object.entries(wanted).filter(([key, value]) => read[key] !== value)
  return wrong.length === 0
    ? null
    : wrong.map(([key, value]) => `expected ${key} ${value}, got ${read[key]}`).join('; ')
}
