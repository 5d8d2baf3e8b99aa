import { type Failure, fail } from '@/lib/domain/problem'
import type { Behind } from '@/lib/domain/start/behind'
import { nameOf, podLabelsOf, specOf } from '@/lib/domain/start/parts'
import { parseLabelSelector, selectorText, serviceSelector } from '@/lib/domain/start/selector'
import { namesVersion } from '@/lib/domain/start/version-name'

type Labels = Readonly<Record<string, string>>

/** Charts describe a build by this label and move it with each: alone it tells no pods apart. Source: Kubernetes, recommended labels. */
const DESCRIPTIVE = 'app.kubernetes.io/version'

/** The label that would make the Service one of this version: one that names it, else one the Deployment selects by. */
function missingLabel(deployment: unknown, selector: Labels): [string, string] | null {
  const required = (parseLabelSelector(specOf(deployment).selector) ?? []).map(({ key }) => key)
  const free = Object.entries(podLabelsOf(deployment)).filter(
    ([key]) => !Object.hasOwn(selector, key) && (key !== DESCRIPTIVE || required.includes(key)),
  )
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
 * Errors: `selector-overlap` with `label`: what to add to the Service's selector, and `losing`: the Deployments behind it whose pods it
 * would select no more. This rule is our invention (decision 0010).
 */
export function versionBlind(
  name: string,
  { selector, deployments }: Behind,
  chosen: unknown,
): Failure | null {
  if (Object.entries(selector).some(([key, value]) => namesVersion(key, value))) return null
  const missing = missingLabel(chosen, selector)
  if (!missing) return null
  const [key, value] = missing
  const losing = deployments.filter(raw => podLabelsOf(raw)[key] !== value).map(nameOf)
  const label = `${key}: ${value}`
  const text = selectorText(serviceSelector(selector))
  const title = `Service ${name} selects ${text}, which pods of every version carry: requests could reach untested pods`
  const effect =
    losing.length === 0
      ? 'its pods carry it already'
      : `pods of ${nameOf(chosen)} carry it, and ${losing.join(', ')} would get no more requests`
  const mend = `Add ${label} to the selector of Service ${name}: ${effect}`
  const told = { kind: 'Service', name, selector: text, why: 'every-version', label, mend }
  return fail('selector-overlap', title, {
    params: losing.length === 0 ? told : { ...told, losing: losing.join(', ') },
  })
}
