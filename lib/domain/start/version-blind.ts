import { type Failure, fail } from '@/lib/domain/problem'
import { fieldsOf, textsOf } from '@/lib/domain/raw'
import { parseLabelSelector, selectorText, serviceSelector } from '@/lib/domain/start/selector'
import { namesVersion } from '@/lib/domain/start/version-name'

type Labels = Readonly<Record<string, string>>

/** The label that would make the Service one of this version: one that names it, else one the Deployment selects by. */
function missingLabel(deployment: unknown, selector: Labels): [string, string] | null {
  const spec = fieldsOf(fieldsOf(deployment).spec)
  const labels = textsOf(fieldsOf(fieldsOf(spec.template).metadata).labels)
  const free = Object.entries(labels).filter(([key]) => !Object.hasOwn(selector, key))
  const required = (parseLabelSelector(spec.selector) ?? []).map(({ key }) => key)
  const isNarrower = Object.keys(selector).every(key => required.includes(key))
  return (
    free.find(([key, value]) => namesVersion(key, value)) ??
    (isNarrower ? free.find(([key]) => required.includes(key)) : undefined) ??
    null
  )
}

/**
 * Refuses a stable Service that is for all versions by design: its pods carry a label that tells versions apart, or are told apart
 * by more than it selects by, and it selects by no such label. A copy of them would leave everything else that goes by those
 * labels, and the next pods made by hand would get its requests. Null where the Service is for one version, or nothing tells versions apart.
 *
 * Errors: `selector-overlap` with `label`: what to add to the Service's selector. This rule is our invention (decision 0010).
 */
export function versionBlind(
  service: { name: string; selector: Labels },
  deployment: unknown,
): Failure | null {
  const { name, selector } = service
  if (Object.entries(selector).some(([key, value]) => namesVersion(key, value))) return null
  const missing = missingLabel(deployment, selector)
  if (!missing) return null
  const [key, value] = missing
  const label = `${key}: ${value}`
  const text = selectorText(serviceSelector(selector))
  const title = `Service ${name} selects ${text}, which pods of every version carry`
  const mend = `Add ${label} to the selector of Service ${name}: its pods carry it already`
  const params = { kind: 'Service', name, selector: text, why: 'every-version', label, mend }
  return fail('selector-overlap', title, { params })
}
