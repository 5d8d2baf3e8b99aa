import 'server-only'
import { KubeConfig } from '@kubernetes/client-node'

/** One context of a kubeconfig as a configuration of its own, with empty caches. */
export function focus(config: KubeConfig, context: string): KubeConfig {
  const own = new KubeConfig()
  own.loadFromOptions({
    // client-node refuses plain http unless verification is off; there is none to skip.
    clusters: config.getClusters().map(each => ({
      ...each,
      skipTLSVerify: each.skipTLSVerify || each.server.startsWith('http:'),
    })),
    users: config.getUsers().map(withExecInfo),
    contexts: config.getContexts(),
    currentContext: context,
  })
  return own
}

const EXEC_INFO = 'KUBERNETES_EXEC_INFO'

/** Plugins such as GKE's refuse to run without this variable, which client-node does not set. */
function withExecInfo<User extends { exec?: unknown }>(user: User): User {
  const exec = user.exec
  if (typeof exec !== 'object' || exec === null) return user
  const { apiVersion = 'client.authentication.k8s.io/v1', env } = exec as {
    apiVersion?: string
    env?: { name: string; value: string }[]
  }
  if (env?.some(each => each.name === EXEC_INFO)) return user
  const value = JSON.stringify({ apiVersion, kind: 'ExecCredential', spec: { interactive: false } })
  return { ...user, exec: { ...exec, env: [...(env ?? []), { name: EXEC_INFO, value }] } }
}
