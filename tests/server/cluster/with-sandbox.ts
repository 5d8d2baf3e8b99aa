import type { ClusterTimes } from '@/lib/server/cluster/reading'
import { type Sandbox, startSandbox } from '@/sandbox/start'
import { type Stage, stageOn } from './stage'

export const NGINX = 'nginx.ingress.kubernetes.io/'
export const USER = { cluster: 'demo', namespace: 'default', name: 'user-canary' }
export const QUICK: ClusterTimes = {
  idleMs: 1_500,
  probeMs: 300,
  graceMs: 500,
  spacingMs: 20,
  forbiddenMs: 200,
}

type Annotations = Record<string, string | null>

/** A sandbox, and a cluster of ours that reads it. */
export type SandboxStage = Stage & {
  sandbox: Sandbox
  annotate(name: string, annotations: Annotations): Promise<unknown>
  fault(body: unknown): Promise<void>
  /** Requests that Halftone's own token has made so far. */
  requests(): Promise<number>
}

export const INGRESSES = '/apis/networking.k8s.io/v1/namespaces/default/ingresses'

export async function stage({ times = QUICK }: { times?: ClusterTimes } = {}): Promise<SandboxStage> {
  const sandbox = await startSandbox({ world: 'default', syncDelayMs: 0, bookmarkMs: 200, webhook: false })
  const on = await stageOn(sandbox, { times })
  return {
    ...on,
    sandbox,
    annotate: (name, annotations) =>
      on.kubectl('PATCH', `${INGRESSES}/${name}?fieldManager=kubectl-annotate`, {
        metadata: { annotations },
      }),
    async fault(body) {
      const answer = await fetch(`${sandbox.adminUrl}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(await answer.text())
    },
    async requests() {
      const answer = await fetch(`${sandbox.adminUrl}/requests`)
      const { halftone = 0 } = (await answer.json()) as { halftone?: number }
      return halftone
    },
    async stop() {
      await on.stop()
      await sandbox.stop()
    },
  }
}

/** A canary Ingress of the reference story, as `kubectl apply` would make it. */
export function canaryManifest(name: string, annotations: Record<string, string>, className = 'nginx') {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: 'default', annotations: { [`${NGINX}canary`]: 'true', ...annotations } },
    spec: {
      ingressClassName: className,
      rules: [
        {
          http: {
            paths: [
              {
                path: '/user',
                pathType: 'Prefix',
                backend: { service: { name: 'service-user-v2', port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    },
  }
}
