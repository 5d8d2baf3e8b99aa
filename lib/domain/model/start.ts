import type { Ingress } from '@/lib/domain/model/ingress'
import type { Finding, ReleaseId, Route, Rules } from '@/lib/domain/model/release'

/** The route a release is started on, as it stands in an ordinary Ingress. */
export type StartRoute = Omit<Route, 'release' | 'releaseNamespace'>

/** One variable of a container; `value` is null where it comes from somewhere else (a Secret, a field). */
export type EnvEntry = { name: string; value: string | null }

/** One container that a new version can change. */
export type StartContainer = { name: string; image: string; env: EnvEntry[] }

/** One Deployment behind the route's Service. */
export type StartDeployment = { name: string; replicas: number; containers: StartContainer[] }

/** Names that a start would take: the next ones that are free. */
export type StartNames = { suffix: string; name: string; deployment: string; service: string }

/**
 * GET C/start: what a start of this route can begin from, all of it read from the cluster now.
 * `names` belong to the first Deployment; `obstacle` says why no release can be started here, null where one can.
 */
export type StartOffer = {
  route: StartRoute
  deployments: StartDeployment[]
  names: StartNames
  obstacle: {
    code: string
    title: string
    params?: Readonly<Record<string, string | number | boolean | null>>
  } | null
}

/** A Kubernetes object as it would be written. */
export type Manifest = {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace: string; [field: string]: unknown }
  [field: string]: unknown
}

/**
 * One object of a review as YAML, line by line. '-' is a line of the stable version's object that is not in this one, '+' a new one;
 * the lines without '-' are the whole YAML. What a cluster adds to objects is left out of both.
 */
export type ReviewPage = { kind: string; name: string; lines: { sign: '' | '-' | '+'; text: string }[] }

/**
 * The answer to a start that only asks (`dryRun`): the Deployment, the Service and the canary Ingress, in this order.
 * `findings`: what the linter would say of the release. `refusals`: what the cluster's own dry run said; empty where all are let through.
 */
export type StartReview = {
  id: ReleaseId
  objects: [Manifest, Manifest, Manifest]
  pages: [ReviewPage, ReviewPage, ReviewPage]
  findings: Finding[]
  refusals: { kind: string; name: string; code: string; title: string }[]
}

/**
 * Everything a start reads of the route's namespace, at `readAtMs`, as the API server sent it; `ordinary` is the Ingress of the route.
 * `ingresses` are all that are known, of every namespace: a canary's Service must be used by none of them.
 */
export type StartSources = {
  readAtMs: number
  ordinary: unknown
  deployments: readonly unknown[]
  services: readonly unknown[]
  statefulSets: readonly unknown[]
  budgets: readonly unknown[]
  autoscalers: readonly unknown[]
  ingresses: readonly Ingress[]
}

/** The three objects of a start as they would be written, and what they were made from, cleaned the same way. */
export type StartDraft = {
  name: string
  route: StartRoute
  plan: StartPlan
  objects: [Manifest, Manifest, Manifest]
  stable: [Manifest, Manifest, Manifest]
}

/** What a start is made of, kept on the canary's Deployment (`halftone.dev/start`) so that it can be continued. */
export type StartPlan = {
  route: Pick<StartRoute, 'ingress' | 'host' | 'path' | 'pathType'>
  service: string
  rules: Rules | null
  weight: number
}

/**
 * Our objects of a release whose canary Ingress does not exist: a start that has not come to its end, or what was left.
 * `id.name` is the canary Ingress to be. `isRunning`: an operation is at work on it. `route`: null where nothing tells.
 */
export type HalfStarted = {
  id: ReleaseId
  since: string
  route: Pick<StartRoute, 'ingress' | 'host' | 'path' | 'pathType'> | null
  objects: { kind: 'Deployment' | 'Service'; name: string }[]
  pods: { ready: number; replicas: number }
  isRunning: boolean
}
