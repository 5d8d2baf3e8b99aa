import { apply } from '@/scripts/demo/apply.mjs'
import { releaseManifests } from '@/scripts/demo/release.mjs'
import { kubectl, kubectlPath } from '@/tests/e2e/kubectl'
import { clearAway } from '@/tests/e2e/leftovers'
import { type App, prove, proveMeanwhile, type Verdict } from '@/tests/e2e/proof'

/** Where Halftone is, and what it looks at. `cluster` is its name in Halftone, and so in every address. */
export type Addresses = { url: string; cluster: string; gatewayUrl: string; kubeconfig: string }

/** What a test of the whole is put to: Halftone on a cluster with the reference world, whichever cluster that is. */
export type Target = Addresses & {
  /** Address of a release's page in the namespace `default`. */
  pageOf: (release: string) => string
  /** Makes v2 and its parked canary as a person would: with kubectl where there is one, else by the same API calls. */
  makeRelease: () => Promise<void>
  /** Takes away what releases have made, so that the world is as it began. */
  clearAway: () => Promise<void>
  /** Puts these objects into the cluster behind Halftone's back. */
  apply: (manifests: object[]) => Promise<void>
  /** Lets the independent client judge a claim about /user or /pay. */
  prove: (app: App, claim: string) => Promise<Verdict>
  /** Lets it ask for /user or /pay for as long as something is done, and judge a claim by every answer. */
  proveMeanwhile: (app: App, claim: string, work: () => Promise<void>) => Promise<Verdict>
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
    clearAway: () => clearAway(kubeconfig),
    apply: applyAll,
    prove: (app, claim) => prove(gatewayUrl, app, claim),
    proveMeanwhile: (app, claim, work) => proveMeanwhile(gatewayUrl, app, claim, work),
  }
}
