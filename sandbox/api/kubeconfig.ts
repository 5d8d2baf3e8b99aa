import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'

/** What each part of the sandbox identifies itself with. */
export type Tokens = { admin: string; halftone: string; internal: string }

/** New tokens, told to nobody but the kubeconfig. */
export const newTokens = (): Tokens => ({ admin: secret(), halftone: secret(), internal: secret() })

/** What tells a kubeconfig of the sandbox from a person's own. */
const MARK = 'halftone-sandbox'

const secret = () => randomBytes(24).toString('base64url')

const named = (name: string, what: string, value: object) => ({ name, [what]: value })

/**
 * Writes a kubeconfig that only its owner may read: context `admin` (the current one, for kubectl) and
 * context `halftone` (with what Halftone may do). It is JSON, which is YAML too. Returns its path.
 * Errors: throws when the file exists and is not one of the sandbox's own.
 */
export async function writeKubeconfig(
  path: string,
  server: string,
  cert: string,
  tokens: Tokens,
): Promise<string> {
  const cluster = { server, 'certificate-authority-data': Buffer.from(cert).toString('base64') }
  const contextOf = (user: string) => named(user, 'context', { cluster: 'sandbox', user })
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    preferences: { [MARK]: true },
    clusters: [named('sandbox', 'cluster', cluster)],
    users: [
      named('admin', 'user', { token: tokens.admin }),
      named('halftone', 'user', { token: tokens.halftone }),
    ],
    contexts: [contextOf('admin'), contextOf('halftone')],
    'current-context': 'admin',
  }
  if (!(await isFree(path)))
    throw new Error(`${path} exists and is no kubeconfig of the sandbox; it was left alone`)
  await writeFile(path, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 })
  return path
}

async function isFree(path: string): Promise<boolean> {
  try {
    return (await readFile(path, 'utf8')).includes(MARK)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
  }
}
