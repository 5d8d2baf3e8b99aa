/** What is known of one cluster's connection. `since`: ISO time of entering `state`. */
export type ClusterState = {
  cluster: string
  /** Its context in the kubeconfig that Halftone reads: what kubectl calls it. */
  context: string
  server: string
  version: string
  state: 'live' | 'stale' | 'unreachable'
  since: string
  /** Next attempt while not live, ISO; else null. */
  nextTryAt: string | null
  gateway: { url: string } | null
  /** Kinds that cannot be read, and why: "pods" → "forbidden". */
  unreadable: { kind: string; why: string }[]
  readOnly: boolean
}
