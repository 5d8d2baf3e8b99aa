import type { ClusterState } from '@/lib/domain/model/cluster'
import type { Finding } from '@/lib/domain/model/release'
import type { Problem } from '@/lib/domain/problem'

/**
 * One kind's watch. `namespace` is null where it reads everywhere.
 * doubted: connected again after silence, and nothing heard yet. Times are ISO 8601, null where it has not happened.
 */
export type WatchStatus = {
  kind: string
  namespace: string | null
  state: 'up' | 'down' | 'doubted' | 'unreadable'
  objects: number
  /** Whole lists read after the first. */
  relists: number
  /** When the API server last told something, that a watch has ended in time included. */
  lastByteAt: string | null
}

/** A family of controllers that read an Ingress alike. */
export type Dialect = 'ingress-nginx' | 'traefik' | 'higress' | 'other'

/** Who builds an image of ingress-nginx, by its name. `repackaged`: upstream's source, built by somebody else. */
export type Maker = 'upstream' | 'repackaged' | 'rancher' | 'aks' | 'chainguard' | 'gitlab'

/**
 * Arguments of a controller's container that change what it does with an Ingress, by name in lower case, without dashes
 * before it.
 */
export type ControllerFlags = Readonly<Record<string, string>>

/**
 * What a controller makes of canary annotations: as Halftone models it, the same but for values with odd characters, which
 * Halftone takes for dropped, in a way of its own, nothing, or nobody knows.
 */
export type CanaryReading = 'as-modelled' | 'without-validation' | 'differently' | 'not-at-all' | 'unknown'

/**
 * An ingress controller: seen as pods of one template, or only claimed by an IngressClass (`image` null, no pods): it may
 * run outside of the cluster, or in a namespace that is not read.
 */
export type ControllerStatus = {
  dialect: Dialect
  maker: Maker | null
  /** IngressClasses it serves, as far as its arguments and theirs say. */
  classes: string[]
  /** spec.controller of these classes. */
  controllerClass: string
  namespace: string | null
  image: string | null
  version: string | null
  pods: { name: string; ready: boolean }[]
  /** null: they could not be read. */
  flags: ControllerFlags | null
  canaries: CanaryReading
  /** What the linter says of the controller itself. */
  findings: Finding[]
}

/** What Halftone does in a cluster, each with rights of its own. `weight` is also rules and roll back. */
export type ActionName = 'read' | 'weight' | 'start' | 'image' | 'remove'

/** One rule of what an identity may do; `*` is everything, no `names` are all objects. */
export type AccessRule = { verbs: string[]; groups: string[]; resources: string[]; names: string[] }

/**
 * What this identity may do in a namespace, as the cluster itself says.
 * `problem`: why the cluster could not be asked; nothing is known then. Not `isComplete`: there may be more rights.
 */
export type RightsStatus = {
  namespace: string
  /** ISO 8601. */
  askedAt: string
  rules: AccessRule[]
  /** Actions of Halftone that these rights do not allow. */
  missing: ActionName[]
  /** Actions that they allow on objects of these names only. */
  limited: { action: ActionName; names: string[] }[]
  isComplete: boolean
  problem: Problem | null
}

/**
 * One cluster on the status page. `connectedAt`: since when its API server has answered without fail, else null.
 * `classesShared`: IngressClasses that more than one controller serves.
 */
export type ClusterStatus = ClusterState & {
  connectedAt: string | null
  watches: WatchStatus[]
  controllers: ControllerStatus[]
  classesShared: string[]
  gateways: { className: string; url: string }[]
  rights: RightsStatus[]
  /** Namespaces with routes that were not asked about. */
  rightsLeftOut: number
}

/** GET /api/status: the page to paste into a bug report. Secrets are never in it. */
export type Status = {
  /** When it was put together, ISO 8601. */
  at: string
  halftone: string
  node: string
  next: string
  startedAt: string
  clusters: ClusterStatus[]
  /** All documented variables; what could be secret is left out of their values. */
  configuration: { name: string; value: string; isDefault: boolean }[]
}
