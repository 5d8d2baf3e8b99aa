import { fail, ok, type Result } from '@/lib/domain/problem'
import { withoutTraces } from '@/lib/domain/start/clean'
import { podLabelsOf, specOf } from '@/lib/domain/start/parts'
import { parseLabelSelector } from '@/lib/domain/start/selector'
import { relabelled } from '@/lib/domain/start/version-name'

type Labels = Readonly<Record<string, string>>

/** The labels of a new version. `before` and `after` are those that select, of the stable version and of the new one. */
export type Relabelling = {
  before: Labels
  after: Labels
  pod: Labels
  deployment: Labels
  service: Labels
}

const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/

const pick = (labels: Labels, keys: readonly string[]): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([key]) => keys.includes(key)))

/**
 * Gives every label by which the stable Service or Deployment selects a new value; all other labels of the pods stay.
 * A selector's expressions become equal labels: what must differ or be absent is met by a pod that carries the others.
 *
 * Errors: `invalid-input` for the suffix where a value would be no label; `not-clonable` where nothing would be selected by.
 * Source: canary-semantics.md F, recipe for the clone.
 */
export function relabellingOf(
  stable: { deployment: unknown; serviceSelector: Labels },
  to: { suffix: string; word: string | null },
): Result<Relabelling> {
  const labels = podLabelsOf(stable.deployment)
  const required = (parseLabelSelector(specOf(stable.deployment).selector) ?? []).map(({ key }) => key)
  const deploymentKeys = required.filter(key => Object.hasOwn(labels, key))
  const serviceKeys = Object.keys(stable.serviceSelector)
  if (deploymentKeys.length === 0 || serviceKeys.length === 0) {
    const title =
      'The Deployment selects its pods by no label that they carry, so no copy of it can be told apart'
    return fail('not-clonable', title, { params: { why: 'no-selector' } })
  }
  const before = pick(labels, [...deploymentKeys, ...serviceKeys])
  const after = Object.fromEntries(
    Object.entries(before).map(([key, value]) => [key, relabelled(key, value, to)]),
  )
  const wrong = Object.entries(after).find(([, value]) => !LABEL_VALUE.test(value))
  if (wrong) {
    const title = `The label ${wrong[0]} would be ${wrong[1]}, which is longer than 63 characters or no label`
    const params = { rule: 'label', label: wrong[0], value: wrong[1] }
    return fail('invalid-input', title, { field: 'suffix', params })
  }
  return ok({
    before,
    after,
    pod: { ...withoutTraces(labels, Object.keys(before)), ...after },
    deployment: pick(after, deploymentKeys),
    service: pick(after, serviceKeys),
  })
}
