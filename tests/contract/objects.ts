/** Where Ingresses and Deployments of the default namespace live. */
export const INGRESSES = '/apis/networking.k8s.io/v1/namespaces/default/ingresses'
export const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments'

/** An Ingress of one path, as kubectl would send it. */
export const ingress = (name: string, service = 'service-user-v1', path = `/${name}`) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name },
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        http: {
          paths: [
            { path, pathType: 'Prefix', backend: { service: { name: service, port: { number: 80 } } } },
          ],
        },
      },
    ],
  },
})

/** An Ingress that no controller serves, so that nobody else writes to it. */
export const unserved = (name: string, metadata: object = {}, spec: object = {}) => {
  const wanted = ingress(name)
  return {
    ...wanted,
    metadata: { ...wanted.metadata, ...metadata },
    spec: { ...wanted.spec, ingressClassName: 'nobody', ...spec },
  }
}

/** A Deployment of one container. */
export const deployment = (name: string, image: string, spec: object = {}, container: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'app', image, ports: [{ containerPort: 80 }], ...container }] },
    },
    ...spec,
  },
})

/** A Service of one port. */
export const service = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec },
})

/** A StatefulSet of one container, whose pods end within a second. */
export const statefulSet = (name: string, image: string, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name },
  spec: {
    replicas: 2,
    serviceName: name,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [{ name: 'app', image, ports: [{ containerPort: 80 }] }],
      },
    },
    ...spec,
  },
})
