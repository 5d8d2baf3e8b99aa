import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { apply } from '@/scripts/demo/apply.mjs'
import { releaseManifests } from '@/scripts/demo/release.mjs'
import { ROOT } from '@/scripts/install.mjs'

const run = promisify(execFile)

/** Where Halftone is, and what it looks at. `cluster` is its name in Halftone, and so in every address. */
export type Addresses = { url: string; cluster: string; gatewayUrl: string; kubeconfig: string }

/** What a test of the whole is put to: Halftone on a cluster with the reference world, whichever cluster that is. */
export type Target = Addresses & {
  /** Address of a release's page in the namespace `default`. */
  pageOf: (release: string) => string
  /** Makes v2 and its parked canary as a person would: with kubectl where there is one, else by the same API calls. */
  makeRelease: () => Promise<void>
  /** Puts these objects into the cluster behind Halftone's back. */
  apply: (manifests: object[]) => Promise<void>
  /** Lets the independent client judge a claim; resolves to its counts. */
  prove: (claim: string) => Promise<{ holds: boolean; results: unknown[] }>
}

const kubectlPath = (process.env.PATH ?? '')
  .split(delimiter)
  .map(folder => join(folder, 'kubectl'))
  .find(file => existsSync(file))

/** Runs kubectl as the administrator; `manifests` go to its standard input. Errors: rejects with what it says. */
export async function kubectl(
  kubeconfig: string,
  args: readonly string[],
  manifests: readonly object[] = [],
) {
  if (!kubectlPath) throw new Error('there is no kubectl on the PATH')
  // One after another, not as a List: kubectl checks a List by itself, with a schema that the sandbox does not tell.
  const documents = manifests.map(each => JSON.stringify(each)).join('\n')
  const running = run(kubectlPath, ['--kubeconfig', kubeconfig, ...args])
  running.child.stdin?.end(documents)
  return (await running).stdout
}

/** What can be done to the product at these addresses, and to the cluster behind it. */
export function targetAt(addresses: Addresses): Target {
  const { url, cluster, gatewayUrl, kubeconfig } = addresses
  const applyAll = async (manifests: object[]) => {
    if (kubectlPath) await kubectl(kubeconfig, ['apply', '-f', '-'], manifests)
    else await apply(kubeconfig, manifests)
  }
  return {
    ...addresses,
    pageOf: release => `${url}/releases/${cluster}/default/${release}`,
    makeRelease: async () => applyAll(await releaseManifests()),
    apply: applyAll,
    async prove(claim) {
      const args = [join(ROOT, 'tests/e2e/prove.mjs'), gatewayUrl, claim]
      const { stdout } = await run('node', args).catch(error => error)
      console.log(stdout.trim())
      return JSON.parse(stdout)
    },
  }
}
