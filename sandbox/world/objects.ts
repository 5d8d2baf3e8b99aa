type Texts = Readonly<Record<string, string>>

/** A plain Kubernetes object, as `kubectl apply` would read it. */
export type Manifest = {
  apiVersion: string
  kind: string
  metadata: {
    name: string
    namespace?: string
    labels?: Texts
    annotations?: Texts
    creationTimestamp?: string
    ownerReferences?: readonly object[]
    managedFields?: readonly object[]
  }
  spec?: object
  status?: object
}

/** Prefix of every annotation that ingress-nginx reads. */
export const NGINX = 'nginx.ingress.kubernetes.io/'

/** The moment this many days before now, as Kubernetes writes times. */
export const daysAgo = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z')

/** A namespace of this name. */
export const namespaceOf = (name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
})

/** What a Deployment of the sandbox is told: the image name decides what its pods answer. */
export type DeploymentWish = {
  namespace: string
  name: string
  image: string
  replicas?: number
  env?: Texts
  podAnnotations?: Texts
  /** Labels of its pods, by which it selects them; `podLabels` are more of them, by which it does not. */
  labels?: Texts
  podLabels?: Texts
}

/** A Deployment whose pods carry the label `app: <its name>`, unless other labels are wished for. */
export function deploymentOf(wish: DeploymentWish) {
  const { namespace, name, image, replicas = 3, env, podAnnotations, podLabels } = wish
  const { labels = { app: name } } = wish
  const variables = Object.entries(env ?? {}).map(([key, value]) => ({ name: key, value }))
  const container = {
    name: image.split('/').pop()?.split(':')[0] ?? 'app',
    image,
    ports: [{ containerPort: 80 }],
    ...(variables.length > 0 && { env: variables }),
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace, name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels: { ...labels, ...podLabels },
          ...(podAnnotations && { annotations: podAnnotations }),
        },
        spec: { containers: [container] },
      },
    },
  } satisfies Manifest
}

/** A Service on port 80 that selects the pods of the Deployment `app`; `more` overrides parts of its spec. */
export const serviceOf = (namespace: string, name: string, app: string, more: object = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace, name },
  spec: { selector: { app }, ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }], ...more },
})

/** One path of an Ingress wish. */
export type PathWish = { path: string; pathType?: string; service: string }

/** What an Ingress of the sandbox is told. Annotation keys come without the prefix; `paths: null` leaves `http` out. */
export type IngressWish = {
  namespace: string
  name: string
  className?: string
  annotations?: Texts
  host?: string
  paths: readonly PathWish[] | null
  /** How its paths write the Service's port; 80 when missing. */
  port?: string
  defaultBackend?: string
  labels?: Texts
  owners?: readonly object[]
  createdAt?: string
}

const backendOf = (service: string, port: number | string = 80) => ({
  service: { name: service, port: typeof port === 'string' ? { name: port } : { number: port } },
})

/** An Ingress of class nginx with one rule. */
export function ingressOf(wish: IngressWish): Manifest {
  const { namespace, name, className = 'nginx', annotations = {}, host, paths, defaultBackend } = wish
  const entries = Object.entries(annotations).map(([key, value]) => [
    key.includes('/') ? key : NGINX + key,
    value,
  ])
  const http = paths && {
    paths: paths.map(({ path, pathType = 'Prefix', service }) => ({
      path,
      pathType,
      backend: backendOf(service, wish.port),
    })),
  }
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      namespace,
      name,
      ...(entries.length > 0 && { annotations: Object.fromEntries(entries) }),
      ...(wish.labels && { labels: wish.labels }),
      ...(wish.owners && { ownerReferences: wish.owners }),
      ...(wish.createdAt && { creationTimestamp: wish.createdAt }),
    },
    spec: {
      ingressClassName: className,
      ...(defaultBackend !== undefined && { defaultBackend: backendOf(defaultBackend) }),
      rules: [{ ...(host && { host }), ...(http && { http }) }],
    },
  }
}

/** An IngressClass; `isDefault` makes it the class of Ingresses that name none. */
export const classOf = (name: string, controller: string, isDefault: boolean): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: {
    name,
    ...(isDefault && { annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } }),
  },
  spec: { controller },
})
