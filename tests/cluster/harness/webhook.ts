import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask, type Layout } from '@/tests/cluster/harness/daemons'
import { until } from '@/tests/cluster/harness/process'

const ADDRESS = '127.0.0.1:8443'
const NAME = 'ingress-nginx-admission'

/** What the controller is told so that it has a webhook. */
export const webhookFlags = (folder: string): string[] => [
  `--validating-webhook=${ADDRESS}`,
  `--validating-webhook-certificate=${join(folder, 'pki/ingress-nginx.crt')}`,
  `--validating-webhook-key=${join(folder, 'pki/ingress-nginx.key')}`,
]

const kubectl = ({ built, folder }: Layout, args: readonly string[], input = ''): void => {
  execFileSync(join(built.kubernetes, 'kubectl'), args, {
    input,
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, KUBECONFIG: join(folder, 'kubeconfig') },
  })
}

/** As the chart of ingress-nginx installs it. Source: ingress-nginx, charts/ingress-nginx/templates/admission-webhooks. */
const configuration = (ca: string): object => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: NAME },
  webhooks: [
    {
      name: 'validate.nginx.ingress.kubernetes.io',
      matchPolicy: 'Equivalent',
      failurePolicy: 'Fail',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      rules: [
        {
          apiGroups: ['networking.k8s.io'],
          apiVersions: ['v1'],
          operations: ['CREATE', 'UPDATE'],
          resources: ['ingresses'],
        },
      ],
      clientConfig: {
        url: `https://${ADDRESS}/networking/v1/ingresses`,
        caBundle: Buffer.from(ca).toString('base64'),
      },
    },
  ],
})

/** A path with a forbidden character, which is never created: what it is refused by tells whether the webhook is asked. */
const PROBE = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'webhook-probe', namespace: 'default' },
  spec: {
    ingressClassName: 'nginx',
    defaultBackend: { service: { name: 'none', port: { number: 80 } } },
    rules: [
      {
        http: {
          paths: [
            {
              path: '/a{b',
              pathType: 'Exact',
              backend: { service: { name: 'none', port: { number: 80 } } },
            },
          ],
        },
      },
    ],
  },
}

/** Lets the API server ask the controller's webhook from now on. */
export async function appointWebhook(layout: Layout): Promise<void> {
  const ca = readFileSync(join(layout.folder, 'pki/ca.crt'), 'utf8')
  await until(async () => (await ask(`https://${ADDRESS}/`, { ca })).status !== 0, {
    why: () => 'the webhook does not answer',
  })
  kubectl(layout, ['apply', '-f', '-'], JSON.stringify(configuration(ca)))
  const isAsked = () => {
    try {
      kubectl(layout, ['create', '--dry-run=server', '-f', '-'], JSON.stringify(PROBE))
      return false
    } catch (error) {
      return String(error).includes('admission webhook')
    }
  }
  await until(isAsked, { why: () => 'the API server does not ask the webhook' })
}

/** The API server asks no webhook from now on. */
export function dismissWebhook(layout: Layout): void {
  kubectl(layout, ['delete', 'validatingwebhookconfiguration', NAME, '--ignore-not-found'])
}
