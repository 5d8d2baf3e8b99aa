import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { apply } from '@/scripts/demo/apply.mjs'
import { releaseManifests } from '@/scripts/demo/release.mjs'
import { ROOT } from '@/scripts/install.mjs'
import { kubectl, kubectlPath } from '@/tests/e2e/kubectl'

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
