import type { Params } from '@/lib/domain/problem'

/** Identity of a release; `cluster` is the context's name in Halftone, `name` that of the canary Ingress. */
export type ReleaseId = { cluster: string; namespace: string; name: string }

export type Severity = 'error' | 'warning' | 'info'

/** One result of the linter. `title`, `why` and `fix` are English; the UI writes its own by `id` and `params`. */
export type Finding = {
  id: string
  severity: Severity
  /** Object and field, e.g. "shop/order-canary spec.rules[0].http.paths[0].pathType". */
  where: string
  params: Params
  title: string
  why: string
  fix?: string
  /** Halftone can mend it without changing which version anybody gets: POST R/fix shows the patch, and writes it. */
  canBeMended?: true
}

/** A Service's port as people and scripts see it: a number, a name, or "" where there is none. */
export type Port = number | string

/** host + path + pathType of an ordinary Ingress and the Service behind it. `host` is "" for any host. */
export type Route = {
  namespace: string
  ingress: string
  host: string
  path: string
  pathType: string
  service: string
  port: Port
  /** Name of the effective (oldest) canary Ingress, in the namespace `releaseNamespace`; null without one. */
  release: string | null
  releaseNamespace?: string
}

/**
 * One path of a canary Ingress, paired with the route it takes part in.
 * `namespace`, `ingress`, `service`, `port` are those of the ordinary side; "" where there is no partner.
 * `why` is the id of the finding that says why the path is dead.
 */
export type ReleaseRoute = {
  namespace: string
  ingress: string
  host: string
  path: string
  pathType: string
  service: string
  port: Port
  canaryService: string
  live: boolean
  why?: string
}

export type HeaderRule = { name: string; value?: string; pattern?: string; example?: string }
export type Rules = { header: HeaderRule | null; cookie: string | null }

export type PodView = {
  name: string
  ready: boolean
  phase: string
  reason?: string
  lastExit?: { reason: string; code: number }
  restarts: number
  image: string
  node: string
  /** When a node took it; before that, when it was made. */
  startedAt: string | null
}

/** One side of a release. `endpoints` counts addresses of the Service's slices. */
export type Version = {
  service: string
  port: Port
  deployments: { name: string; image: string; replicas: number; ready: number; updated: number }[]
  endpoints: { ready: number; total: number }
  /** Not-ready pods first. */
  pods?: PodView[]
  /** How many pods `pods` leaves out. */
  morePods?: number
}

/** dead: no route of it is live; else all-canary at weight ≥ total, shifting above 0, marked with a rule that can match, parked. */
export type ReleaseState = 'dead' | 'all-canary' | 'shifting' | 'marked' | 'parked'

/**
 * One canary Ingress paired with its route, as the API answers it (design: api.md).
 *
 * Units: `weight` is a whole number of parts of `weightTotal`, as the controller reads it, never a percentage;
 * times are ISO 8601. Errors: an object the controller ignores has a finding that says so.
 */
export type Release = {
  id: ReleaseId
  uid: string
  resourceVersion: string
  createdAt: string
  className: string
  routes: ReleaseRoute[]
  state: ReleaseState
  owner: { kind: string; name: string } | null
  weight: number
  weightTotal: number
  rules: Rules
  affinity: 'none' | 'sticky' | 'legacy'
  stable: Version
  canary: Version
  findings: Finding[]
  changedAt: string | null
  changedBy: string | null
}

/** What the board shows besides the release: the last verdict on the lane *everyone*, or null: not sampled. */
export type BoardRelease = Release & { observed: Observed | null }
export type Observed = {
  verdict: VerdictKind
  share: number | null
  missing: number
  at: string
  why?: string
}

export type VerdictKind = 'as-configured' | 'not-as-configured' | 'not-enough-yet' | 'cannot-measure'
