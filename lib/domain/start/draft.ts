import { parseIngress } from '@/lib/domain/ingress'
import type { Route } from '@/lib/domain/model/release'
import type { Abilities } from '@/lib/domain/model/routing'
import type { Manifest, StartDraft, StartNames, StartSources } from '@/lib/domain/model/start'
import { type Failure, ok, type Result } from '@/lib/domain/problem'
import { sessionCookieNameOf } from '@/lib/domain/session-cookie'
import { type Behind, behindOf, oddPath } from '@/lib/domain/start/behind'
import { canaryIngress, cleanIngress } from '@/lib/domain/start/canary-ingress'
import { changeText, startPlanText } from '@/lib/domain/start/change'
import { type Changes, changesOf, chosenDeployment, type StartChoice } from '@/lib/domain/start/choice'
import { cleanDeployment, cloneDeployment } from '@/lib/domain/start/clone-deployment'
import { cleanService, cloneService } from '@/lib/domain/start/clone-service'
import { draftNames } from '@/lib/domain/start/draft-names'
import { ourLabels, releaseMarkOf, startAnnotation } from '@/lib/domain/start/mark'
import { alreadyReleased, startRoute } from '@/lib/domain/start/offer'
import { overlapOf } from '@/lib/domain/start/overlap'
import { nameOf } from '@/lib/domain/start/parts'
import { type Relabelling, relabellingOf } from '@/lib/domain/start/relabel'
import { stableNames } from '@/lib/domain/start/stable'
import { trafficOf } from '@/lib/domain/start/traffic'
import { versionBlind } from '@/lib/domain/start/version-blind'

/** `continues`: this start has begun before, as the release `name` of the choice; what it has made by then is its own. */
export type Drafting = { matches: Abilities['matches']; continues: boolean }

type Parts = { deployment: unknown; names: StartNames; relabelling: Relabelling; changes: Changes }

/** Is this an object that a start of the release `own` has made. */
function ownedBy(own: string | null, { deployments, services }: StartSources) {
  const made = (kind: string, raws: readonly unknown[]) =>
    raws.filter(raw => own !== null && releaseMarkOf(raw) === own).map(raw => `${kind} ${nameOf(raw)}`)
  const all = new Set([...made('Deployment', deployments), ...made('Service', services)])
  return (kind: string, name: string) => all.has(`${kind} ${name}`)
}

function partsOf(
  choice: StartChoice,
  { route, behind, own }: { route: Route; behind: Behind; own: string | null },
  sources: StartSources,
): Result<Parts> {
  const found = chosenDeployment(behind.deployments, choice)
  if (!found.ok) return found
  const deployment = found.value
  const changes = changesOf(deployment, choice)
  if (!changes.ok) return changes
  const stable = stableNames(deployment, route.service)
  const names = draftNames(choice, { route, stable, own }, sources)
  if (!names.ok) return names
  const blind = versionBlind(route.service, behind, deployment)
  if (blind) return blind
  const to = { suffix: names.value.suffix, word: stable.word }
  const relabelling = relabellingOf({ deployment, serviceSelector: behind.selector }, to)
  if (!relabelling.ok) return relabelling
  const clone = { ...relabelling.value, name: names.value.deployment, own: ownedBy(own, sources) }
  return (
    overlapOf(clone, sources) ??
    ok({ deployment, names: names.value, relabelling: relabelling.value, changes: changes.value })
  )
}

const isOwn = ({ release, releaseNamespace, namespace }: Route, own: string | null): boolean =>
  release === own && (releaseNamespace ?? namespace) === namespace

/**
 * The three objects that start a release, as they would be written: the copies of Deployment and Service, and the parked canary Ingress.
 *
 * Errors: `already-released`, `not-clonable`, `not-found`, `ambiguous-deployment`, `ambiguous-container`, `already-exists`,
 * `selector-overlap`, `invalid-input`, each with its field. Limits: judged on `sources` alone, which must be fresh.
 * Source: canary-semantics.md F, both recipes.
 */
export function draftOf(
  choice: StartChoice,
  route: Route,
  sources: StartSources,
  { matches, continues }: Drafting,
): Result<StartDraft> {
  const own = continues ? (choice.name ?? null) : null
  const refused: Failure | null =
    (isOwn(route, own) ? null : alreadyReleased(route)) ?? oddPath(sources.ordinary)
  if (refused) return refused
  const behind = behindOf(route, sources)
  if (!behind.ok) return behind
  const parts = partsOf(choice, { route, behind: behind.value, own }, sources)
  if (!parts.ok) return parts
  const { names, relabelling, deployment } = parts.value
  const sessionCookieName = sessionCookieNameOf(parseIngress(sources.ordinary))
  const traffic = trafficOf({ ...choice, name: names.name }, { sessionCookieName, matches })
  if (!traffic.ok) return traffic
  const canary = canaryIngress(sources.ordinary, startRoute(route), names)
  if (!canary.ok) return canary
  const { ingress, host, path, pathType } = route
  const plan = { route: { ingress, host, path, pathType }, service: names.service, ...traffic.value }
  return ok({
    name: names.name,
    route: startRoute(route),
    plan,
    objects: [...clonesOf(behind.value, parts.value, startPlanText(plan)), canary.value],
    stable: [
      cleanDeployment(deployment, Object.keys(relabelling.before)),
      cleanService(behind.value.service),
      cleanIngress(sources.ordinary),
    ],
  })
}

function clonesOf(
  { service }: Behind,
  { deployment, names, relabelling, changes }: Parts,
  start: string,
): [Manifest, Manifest] {
  const labels = ourLabels(names.name)
  const annotations = { [startAnnotation.start]: start, [startAnnotation.change]: changeText(changes) }
  return [
    cloneDeployment(deployment, { name: names.deployment, labels, annotations, relabelling }, changes),
    cloneService(service, { name: names.service, labels, relabelling }),
  ]
}
