/** Go's PathType, plus absent (""), which the controller reads as Prefix. */
export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific' | ''

/** A Service's port as written: a number in decimal, or a name. Two spellings are two backends. */
export type ServicePort = { service: string; port: string }

/** `backend` is null where the path names a resource instead of a Service. */
export type IngressPath = { path: string; pathType: PathType; backend: ServicePort | null }

/** `host` is "" for any host; `paths` is null where the rule has no `http` block (crashes the real controller). */
export type IngressRule = { host: string; paths: readonly IngressPath[] | null }

/**
 * An Ingress, projected to what the canary domain reads.
 *
 * Units: `createdAtMs` is epoch milliseconds of creationTimestamp (whole seconds).
 * Shapes: `annotations` keeps keys in full; `labels` only those that name a manager; lists are in the object's order.
 */
export type Ingress = {
  namespace: string
  name: string
  uid: string
  resourceVersion: string
  createdAtMs: number
  /** spec.ingressClassName, else the legacy annotation, else null. */
  className: string | null
  annotations: Readonly<Record<string, string>>
  labels: Readonly<Record<string, string>>
  owners: readonly { apiVersion: string; kind: string; name: string }[]
  rules: readonly IngressRule[]
  /** spec.defaultBackend's Service, else null. */
  defaultBackend: ServicePort | null
  tlsHosts: readonly string[]
  /** status.loadBalancer: IPs and host names. */
  addresses: readonly string[]
  /** Who last wrote the annotations, and when, from managedFields; null if nothing tells. */
  changed: { at: string; by: string } | null
}
