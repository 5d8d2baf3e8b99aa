import 'server-only'
import { KubeConfig } from '@kubernetes/client-node'
import { fail, ok, type Result } from '@/lib/domain/problem'
import { withTokenFiles } from '@/lib/server/kubernetes/token-file'

/** Where client-node ends when it found neither a kubeconfig nor a service account. */
const NOWHERE = 'http://localhost:8080'

/**
 * Reads KUBECONFIG, ~/.kube/config or the pod's service account; or the one file named.
 * Errors: cluster-unreachable when there is none, or it cannot be read; the title names the file.
 */
export function readKubeConfig(file?: string): Result<KubeConfig> {
  let config = new KubeConfig()
  try {
    if (file === undefined) config.loadFromDefault()
    else config.loadFromFile(file)
    config = withTokenFiles(config, file)
  } catch (error) {
    return fail('cluster-unreachable', `The kubeconfig cannot be read: ${reasonOf(error)}`)
  }
  const found = config.getClusters().length > 0 && config.getContexts().length > 0
  if (!found || config.getCurrentCluster()?.server === NOWHERE) {
    return fail(
      'cluster-unreachable',
      'No cluster found: set KUBECONFIG to a kubeconfig file, or run inside a cluster',
    )
  }
  return ok(config)
}

/** The contexts a kubeconfig offers, and the one it points at. */
export function contextsOf(config: KubeConfig): { names: string[]; current: string } {
  return { names: config.getContexts().map(each => each.name), current: config.getCurrentContext() ?? '' }
}

/** A missing file by its name; anything else by the first line of what the parser said, without quoting the file. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason'
  if ('code' in error && error.code === 'ENOENT' && 'path' in error) return `${error.path} does not exist`
  if ('code' in error && error.code === 'EACCES' && 'path' in error) return `${error.path} may not be read`
  return error.name === 'YAMLException'
    ? 'it is not valid YAML'
    : (error.message.split('\n')[0] ?? '').slice(0, 200)
}
