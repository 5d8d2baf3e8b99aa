import type { StartRoute, StartSources } from '@/lib/domain/model/start'
import { type Failure, fail, ok, type Result } from '@/lib/domain/problem'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import { nameOf, podLabelsOf, specOf } from '@/lib/domain/start/parts'
import { isSelected } from '@/lib/domain/version'
import { parseService } from '@/lib/domain/workload'

type Labels = Readonly<Record<string, string>>

/** What stands behind a route, as the cluster sent it. `selector` is that of the Service. */
export type Behind = { service: unknown; selector: Labels; deployments: readonly unknown[] }

/** Why something behind a route cannot be copied. */
export type NotClonable =
  | 'statefulset'
  | 'no-service'
  | 'no-selector'
  | 'external-name'
  | 'no-deployment'
  | 'odd-path'

const notClonable = (why: NotClonable, title: string, more: Readonly<Record<string, string>> = {}): Failure =>
  fail('not-clonable', title, { params: { why, ...more } })

/**
 * Characters by which a path has got into the controller's configuration; a `$` that ends a pattern, as in `/user(/|$)(.*)`, is none.
 * Source: CVE-2026-24512, CVE-2026-4342.
 */
const ODD = /[\p{Cc}{};#"'`<>\s]|\$(?![)|]|$)/u

/** Refuses an ordinary Ingress with a path that must not be copied. */
export function oddPath(ordinary: unknown): Failure | null {
  const rules = itemsOf(specOf(ordinary).rules)
  const paths = rules.flatMap(rule => itemsOf(fieldsOf(fieldsOf(rule).http).paths))
  const odd = paths.map(path => textOf(fieldsOf(path).path)).find(path => ODD.test(path))
  if (odd === undefined) return null
  const title = `The ordinary Ingress has a path with blanks, quotes or one of { } ; # < >, or a $ that ends no pattern, which is not copied`
  return notClonable('odd-path', title, { path: odd })
}

/** The Service of the route and the Deployments that it selects. Errors: `not-clonable`. */
export function behindOf(
  { service: name }: Pick<StartRoute, 'service'>,
  sources: StartSources,
): Result<Behind> {
  const service = sources.services.find(raw => nameOf(raw) === name)
  if (!service) return notClonable('no-service', `There is no Service ${name}`, { service: name })
  if (specOf(service).type === 'ExternalName') {
    const title = `Service ${name} only stands for another name, so there are no pods to copy`
    return notClonable('external-name', title, { service: name })
  }
  const { selector } = parseService(service)
  if (!selector) {
    const title = `Service ${name} has no selector: somebody else writes its endpoints`
    return notClonable('no-selector', title, { service: name })
  }
  const isBehind = (raw: unknown) => isSelected(selector, podLabelsOf(raw))
  const statefulSet = sources.statefulSets.find(isBehind)
  if (statefulSet) {
    const title = `StatefulSet ${nameOf(statefulSet)} is behind Service ${name}: its pods and volumes are not copied`
    return notClonable('statefulset', title, { service: name, statefulSet: nameOf(statefulSet) })
  }
  const deployments = sources.deployments.filter(isBehind)
  if (deployments.length > 0) return ok({ service, selector, deployments })
  return notClonable('no-deployment', `No Deployment is behind Service ${name}`, { service: name })
}
