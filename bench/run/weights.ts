import { type Connection, openConnection } from '@/lib/server/kubernetes/connection'
import { readKubeConfig } from '@/lib/server/kubernetes/contexts'

const WEIGHT = 'nginx.ingress.kubernetes.io/canary-weight'
const INGRESSES = '/apis/networking.k8s.io/v1/namespaces/default/ingresses'

/** Weights of the reference canary as somebody else writes and watches them, past Halftone. */
export type Weights = {
  set: (weight: number) => Promise<void>
  /** Hears each new weight on a raw watch until `signal` aborts. */
  watch: (signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>
  /** The weight that a line of the watch tells of. */
  inLine: (line: string) => number
  close: () => Promise<void>
}

type WatchLine = { object: { metadata: { annotations?: Record<string, string> } } }

/** Opens the sandbox's API as its administrator. Errors: throws with the problem's title. */
export function openWeights(kubeconfig: string): Weights {
  const admin = connect(kubeconfig)
  return {
    set: async weight => {
      const body = { metadata: { annotations: { [WEIGHT]: String(weight) } } }
      const contentType = 'application/merge-patch+json'
      const written = await admin.request('PATCH', `${INGRESSES}/user-canary`, { body, contentType })
      if (!written.ok) throw new Error(written.problem.title)
    },
    watch: async signal => {
      const watch = await admin.stream(`${INGRESSES}?watch=true`, { timeoutMs: 5_000, signal })
      if (!watch.ok) throw new Error(watch.problem.title)
      return watch.value
    },
    inLine: line => {
      const { object }: WatchLine = JSON.parse(line)
      return Number(object.metadata.annotations?.[WEIGHT])
    },
    close: () => admin.close(),
  }
}

function connect(kubeconfig: string): Connection {
  const config = readKubeConfig(kubeconfig)
  if (!config.ok) throw new Error(config.problem.title)
  const connection = openConnection({ config: config.value, context: 'admin' })
  if (!connection.ok) throw new Error(connection.problem.title)
  return connection.value
}

/** Weights 1 to 99, one after another at a steady pace; `act` makes one change. */
export async function everyWeight(
  changes: number,
  everyMs: number,
  act: (weight: number) => Promise<void>,
): Promise<void> {
  for (let change = 0; change < changes; change += 1) {
    const nextMs = performance.now() + everyMs
    await act((change % 99) + 1)
    await new Promise(resolve => setTimeout(resolve, Math.max(0, nextMs - performance.now())))
  }
}
