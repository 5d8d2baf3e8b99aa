import type { Ingress, PathType, ServicePort } from '@/lib/domain/model/ingress'
import type { Params } from '@/lib/domain/problem'

/** One path of an ordinary Ingress. `served` is false where the controller creates no location for it. */
export type OrdinaryPath = {
  ingress: Ingress
  host: string
  path: string
  pathType: PathType
  backend: ServicePort
  served: boolean
  /** The canary Ingress whose rules decide here: the oldest alternative of this path's backend; null without one. */
  canary: Ingress | null
}

/**
 * One path (or the defaultBackend) of a canary Ingress, and what merging made of it.
 * `partner` is the ordinary path it joined or, when dead, the one it was surely meant for (same host and path), else null.
 * `dead` is the id of the finding that says why it has no effect (canary-semantics.md, part C), with its params.
 * `reaches` are all ordinary paths it acts on: alternatives hang on the backend, not on the location.
 */
export type CanaryPath = {
  canary: Ingress
  /** Place in the object, e.g. "spec.rules[0].http.paths[0]" or "spec.defaultBackend". */
  where: string
  host: string
  path: string
  pathType: PathType
  backend: ServicePort | null
  partner: OrdinaryPath | null
  live: boolean
  dead: { id: string; params: Params } | null
  reaches: readonly OrdinaryPath[]
}

/** A request as the controller sees it. Header names are lower case; repeated headers keep every value, in order. */
export type IncomingRequest = {
  host: string
  path: string
  headers: Readonly<Record<string, readonly string[]>>
}

/**
 * What the pure decision cannot do itself.
 * matches: does the PCRE search match; 'broken' where it does not compile, 'unknown' where it cannot be modelled.
 * draw: a whole number 1…total; null asks for the split instead of one draw.
 * ready: has this Service port at least one ready endpoint; 'unknown' where endpoints cannot be read.
 */
export type Abilities = {
  matches: (pattern: string, text: string) => boolean | 'broken' | 'unknown'
  draw: ((total: number) => number) | null
  ready: (namespace: string, backend: ServicePort) => boolean | 'unknown'
}

export type Rung = 'location' | 'endpoints' | 'affinity' | 'alternative' | 'header' | 'cookie' | 'weight'

/** `canaryShare` is a fraction 0…1, null where unknown. `steps` name every rung looked at, in order, and what it said. */
export type Decision = {
  to: 'stable' | 'canary' | 'split' | '503' | '404' | 'unknown'
  canaryShare: number | null
  because: Rung | 'none'
  location: OrdinaryPath | null
  /** The backend that gets the request, with its namespace; null for 404, 503, split and unknown. */
  backend: (ServicePort & { namespace: string }) | null
  canary: Ingress | null
  steps: readonly { rung: Rung; decided: boolean; params: Params }[]
}
