import 'server-only'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { KubeConfig, loadYaml } from '@kubernetes/client-node'
import { processEnvironment } from '@/lib/server/env'

/**
 * A kubeconfig whose users read their `tokenFile`, again and again as it rotates; client-node knows it only for service
 * accounts. `file`: the one that was read; without it those that kubectl reads.
 * Errors: throws what reading a file throws.
 * Source: client-go, tools/clientcmd/api/v1, AuthInfo: the token of the file comes before one written out.
 */
export function withTokenFiles(config: KubeConfig, file: string | undefined): KubeConfig {
  const files = new Map((file === undefined ? defaultFiles() : [file]).flatMap(tokenFilesIn))
  if (files.size === 0) return config
  const own = new KubeConfig()
  own.loadFromOptions({
    clusters: config.getClusters(),
    contexts: config.getContexts(),
    currentContext: config.getCurrentContext(),
    users: config.getUsers().map(user => {
      const tokenFile = files.get(user.name)
      if (tokenFile === undefined) return user
      const { token: _writtenOut, ...others } = user
      return { ...others, authProvider: { name: 'tokenFile', config: { tokenFile } } }
    }),
  })
  return own
}

function defaultFiles(): string[] {
  const named = (processEnvironment().KUBECONFIG ?? '').split(delimiter).filter(Boolean)
  return named.length > 0 ? named : [join(homedir(), '.kube', 'config')].filter(existsSync)
}

function tokenFilesIn(file: string): [string, string][] {
  const read = loadYaml<{ users?: { name?: unknown; user?: { tokenFile?: unknown } | null }[] } | null>(
    readFileSync(file, 'utf8'),
  )
  return (read?.users ?? []).flatMap(({ name, user }): [string, string][] => {
    const path = user?.tokenFile
    return typeof name === 'string' && typeof path === 'string' && path
      ? [[name, resolve(dirname(file), path)]]
      : []
  })
}
