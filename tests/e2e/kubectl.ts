import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

/** Where a program is; undefined where there is none. */
export const pathOf = (program: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map(folder => join(folder, program))
    .find(file => existsSync(file))

export const kubectlPath = pathOf('kubectl')

/** Runs kubectl as the administrator; `manifests` go to its standard input. Errors: rejects with what it says. */
export async function kubectl(
  kubeconfig: string,
  args: readonly string[],
  manifests: readonly object[] = [],
): Promise<string> {
  if (!kubectlPath) throw new Error('there is no kubectl on the PATH')
  // One after another, not as a List: kubectl checks a List by itself, with a schema that the sandbox does not tell.
  const documents = manifests.map(each => JSON.stringify(each)).join('\n')
  const running = promisify(execFile)(kubectlPath, ['--kubeconfig', kubeconfig, ...args])
  running.child.stdin?.end(documents)
  return (await running).stdout
}
