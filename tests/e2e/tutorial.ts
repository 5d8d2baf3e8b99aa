/** The well-known tutorial's canary: a rule without a path, and a default backend. */
export const TUTORIAL = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: {
    name: 'tutorial-canary',
    namespace: 'default',
    annotations: {
      'nginx.ingress.kubernetes.io/canary': 'true',
      'nginx.ingress.kubernetes.io/canary-weight': '20',
    },
  },
  spec: {
    ingressClassName: 'nginx',
    defaultBackend: { service: { name: 'service-tutorial', port: { number: 80 } } },
    rules: [
      {
        http: {
          paths: [
            {
              pathType: 'ImplementationSpecific',
              backend: { service: { name: 'service-tutorial', port: { number: 80 } } },
            },
          ],
        },
      },
    ],
  },
}
