import {
  type DeploymentWish,
  daysAgo,
  deploymentOf,
  type IngressWish,
  ingressOf,
  type Manifest,
  namespaceOf,
  serviceOf,
} from './objects'

const MAIN_DAYS = 120
const CANARY_DAYS = 1

/** What one release of the board is told; whatever is left out is that of a healthy, parked release. */
export type ShopWish = {
  app: string
  /** Its namespace, when it shares one with others. */
  namespace?: string
  main?: Partial<IngressWish>
  canary?: Partial<IngressWish>
  v1?: Partial<DeploymentWish>
  v2?: Partial<DeploymentWish>
}

/** One application on a host of its own with v1, v2, an ordinary Ingress and a canary Ingress. */
export function shopOf({ app, namespace = app, main, canary, v1, v2 }: ShopWish): Manifest[] {
  const versionOf = (tag: string, wish: Partial<DeploymentWish> = {}) => [
    deploymentOf({ namespace, name: `${app}-${tag}`, image: `nginx:${app}-${tag}`, replicas: 1, ...wish }),
    serviceOf(namespace, `service-${app}-${tag}`, `${app}-${tag}`),
  ]
  const host = `${app}.shop.test`
  return [
    ...(namespace === app ? [namespaceOf(namespace)] : []),
    ...versionOf('v1', { replicas: 2, ...v1 }),
    ...versionOf('v2', v2),
    ingressOf({
      namespace,
      name: app,
      host,
      paths: [{ path: '/', service: `service-${app}-v1` }],
      createdAt: daysAgo(MAIN_DAYS),
      ...main,
    }),
    ingressOf({
      namespace,
      name: `${app}-canary`,
      host,
      paths: [{ path: '/', service: `service-${app}-v2` }],
      annotations: { canary: 'true', 'canary-weight': '0' },
      createdAt: daysAgo(CANARY_DAYS),
      ...canary,
    }),
  ]
}
