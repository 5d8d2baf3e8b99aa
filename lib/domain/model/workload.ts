/** A pod, projected. `ready` is the Ready condition; `reason` says why not, in the cluster's own word. */
export type Pod = {
  namespace: string
  name: string
  uid: string
  resourceVersion: string
  labels: Readonly<Record<string, string>>
  ready: boolean
  /** Pending, Running, Succeeded, Failed, Unknown, or Terminating once deletion has begun. */
  phase: string
  reason?: string
  /** What the cluster says besides the reason, at most 300 characters. */
  message?: string
  lastExit?: { reason: string; code: number }
  restarts: number
  /** Image of the first container. */
  image: string
  node: string
  /** When a node took it; before that, when it was made. */
  startedAt: string | null
}

/** What a start wrote on an object it made: the canary Ingress's name, the plan's text ("" where there is none), and when it was made. */
export type Ours = { release: string; start: string; since: string }

export type Deployment = {
  namespace: string
  name: string
  uid: string
  resourceVersion: string
  /** Labels of the pod template: a Service selects the Deployment when its selector is a subset of these. */
  templateLabels: Readonly<Record<string, string>>
  containers: readonly { name: string; image: string }[]
  replicas: number
  ready: number
  updated: number
  /** Its status is not yet that of its spec, or pods of an earlier template are still there. */
  isRolling?: true
  /** Why its pods cannot be made, in the cluster's own words. */
  failure?: { reason: string; message: string }
  ours?: Ours
}

export type Service = {
  namespace: string
  name: string
  uid: string
  resourceVersion: string
  /** Epoch milliseconds of creationTimestamp; 0 where it has none. */
  createdAtMs: number
  /** null: no selector; its endpoints are written by somebody else. */
  selector: Readonly<Record<string, string>> | null
  ports: readonly { name: string; port: number; targetPort: string }[]
  ours?: Ours
}

/** `service` is the label kubernetes.io/service-name. `ports` empty means all ports. `ready`, `total` count addresses. */
export type EndpointSlice = {
  namespace: string
  name: string
  uid: string
  resourceVersion: string
  service: string
  ports: readonly { name: string; port: number }[]
  /** IPv4, IPv6 or FQDN; a dual-stack Service has slices of both for the same pods. */
  addressType?: string
  ready: number
  total: number
}

export type IngressClass = {
  name: string
  uid: string
  resourceVersion: string
  /** spec.controller, e.g. k8s.io/ingress-nginx. */
  controller: string
  isDefault: boolean
}
