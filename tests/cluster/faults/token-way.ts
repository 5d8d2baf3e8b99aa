import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KubeConfig } from '@kubernetes/client-node'
import type { Result } from '@/lib/domain/problem'
import { readKubeConfig } from '@/lib/server/kubernetes/contexts'
import type { ApiServer, Stage } from '@/tests/server/cluster/stage'

/** Where a pod finds who it is; inside the namespaces of the real cluster nobody else looks there. */
export const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/** One place that a token comes from: how a new one gets there, and how Halftone reads it. */
export type TokenWay = { put: (token: string) => void; read: () => Result<KubeConfig> }

/** Where a token may come from; files of the reader `name` are in `folder`. */
export const tokenWays: Record<string, (real: ApiServer, folder: string, name: string) => TokenWay> = {
  'a token file': (real, folder, name) => ({
    put: token => writeFileSync(join(folder, `${name}.token`), token),
    read: () => readKubeConfig(kubeconfig(real, join(folder, name), { tokenFile: `${name}.token` })),
  }),
  'a kubeconfig that another program rewrites': (real, folder, name) => ({
    put: token => void kubeconfig(real, join(folder, name), { token }),
    read: () => readKubeConfig(join(folder, name)),
  }),
  'the service account of a pod': ({ ca }) => ({
    put: token => {
      mkdirSync(SERVICE_ACCOUNT, { recursive: true })
      writeFileSync(join(SERVICE_ACCOUNT, 'ca.crt'), ca)
      writeFileSync(join(SERVICE_ACCOUNT, 'token'), token)
    },
    read: () => readKubeConfig(),
  }),
}

function kubeconfig({ apiUrl, ca }: ApiServer, file: string, user: object): string {
  const cluster = { server: apiUrl, 'certificate-authority-data': btoa(ca) }
  const config = {
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  }
  writeFileSync(file, JSON.stringify(config))
  return file
}

/** A token that can be taken back before its time, which is ten minutes at least. */
export type Token = { text: string; revoke: () => Promise<unknown> }

/** A token of Halftone's own service account that is good for as long as a Secret of this name exists. */
export async function tokenBoundTo({ kubectl }: Pick<Stage, 'kubectl'>, name: string): Promise<Token> {
  const secrets = '/api/v1/namespaces/halftone/secrets'
  await kubectl('POST', secrets, { apiVersion: 'v1', kind: 'Secret', metadata: { name } })
  const boundObjectRef = { kind: 'Secret', apiVersion: 'v1', name }
  const asked = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: 600, boundObjectRef },
  }
  const path = '/api/v1/namespaces/halftone/serviceaccounts/halftone/token'
  const { status } = (await kubectl('POST', path, asked)) as { status: { token: string } }
  return { text: status.token, revoke: () => kubectl('DELETE', `${secrets}/${name}`) }
}
