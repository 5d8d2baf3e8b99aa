import { execFileSync } from 'node:child_process'
import { deploymentOf, ingressOf, serviceOf } from '@/sandbox/world/objects'

/** The release that is timed: real pods of one Deployment each, and where they answer. */
export const HOST = 'timing.test'
export const CANARY = 'user-canary'
/** What a tester's request carries where there is a rule. */
export const COOKIE = 'vip_user'

const version = (namespace: string, tag: string) => [
  deploymentOf({ namespace, name: `user-${tag}`, image: `nginx:user-${tag}`, replicas: 1 }),
  serviceOf(namespace, `user-${tag}`, `user-${tag}`),
]

const manifests = (namespace: string) => [
  ...version(namespace, 'v1'),
  ...version(namespace, 'v2'),
  ingressOf({ namespace, name: 'user', host: HOST, paths: [{ path: '/', service: 'user-v1' }] }),
  ingressOf({
    namespace,
    name: CANARY,
    host: HOST,
    annotations: { canary: 'true', 'canary-weight': '0' },
    paths: [{ path: '/', service: 'user-v2' }],
  }),
]

/** Makes the release, and waits until both versions are available. Errors: throws after a minute. */
export function makeRelease(kubeconfig: string, namespace: string): void {
  const admin = ['--kubeconfig', kubeconfig, '--context', 'admin', '-n', namespace]
  const input = manifests(namespace)
    .map(each => JSON.stringify(each))
    .join('\n---\n')
  execFileSync('kubectl', [...admin, 'apply', '-f', '-'], { input })
  execFileSync('kubectl', [...admin, 'rollout', 'status', 'deployment', '--timeout=60s'])
}
