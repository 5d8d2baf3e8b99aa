import type { ClusterState } from '@/lib/domain/model/cluster'
import type { Finding } from '@/lib/domain/model/release'

/** One kind's watch. Times are ISO 8601, null where it has not happened. `namespace` is null where it reads everywhere. */
export type WatchStatus = {
  kind: string
  namespace: string | null
  state: 'up' | 'down' | 'doubted' | 'unreadable'
  objects: number
  /** Whole lists read after the first. */
  relists: number
  lastByteAt: string | null
}

/** An ingress controller seen among the pods, or claimed by an IngressClass without a pod in sight. */
export type ControllerStatus = {
  dialect: 'ingress-nginx' | 'traefik' | 'higress' | 'other'
  classes: string[]
  image: string | null
  version: string | null
  pods: { namespace: string; name: string; ready: boolean }[]
  /** What the linter says of the controller itself. */
  findings: Finding[]
}

/** What this identity may do in a namespace, as the cluster itself says. `namespace` is null for everywhere. */
export type RightsStatus = {
  namespace: string | null
  rules: { verbs: string[]; groups: string[]; resources: string[]; names: string[] }[]
  /** Actions of Halftone that these rights do not allow. */
  missing: string[]
  isComplete: boolean
}

export type ClusterStatus = ClusterState & {
  connectedAt: string | null
  watches: WatchStatus[]
  controllers: ControllerStatus[]
  gateways: { className: string; url: string }[]
  rights: RightsStatus[] | { problem: string }
}

/** GET /api/status: the page to paste into a bug report. Secrets are never in it. */
export type Status = {
  halftone: string
  node: string
  next: string
  startedAt: string
  clusters: ClusterStatus[]
  /** Variables that are set, or hold by default; what could be secret is redacted. */
  configuration: { name: string; value: string; isDefault: boolean }[]
}
