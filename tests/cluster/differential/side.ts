import type { Api } from '@/tests/cluster/differential/api'
import type { Endpoints } from '@/tests/cluster/differential/endpoints'
import type { AffinityText } from '@/tests/cluster/differential/plot'

/**
 * A cluster with a gateway, whichever it is.
 * `nextAge`: what is created afterwards is at least a second younger. `trouble`: why its gateway cannot answer; null where
 * it can.
 */
export type Side = {
  api: Api
  endpoints: Endpoints
  gatewayPort: number
  cookieText: AffinityText
  nextAge: () => Promise<void>
  trouble: () => string | null
  /** The last thing its gateway complained about; "" without. */
  complaint: () => string
  /** Starts the gateway anew, with these flags more; `webhook`: the API server asks it before it takes an Ingress. */
  restart: (options?: { flags?: readonly string[]; webhook?: boolean }) => Promise<void>
  close: () => Promise<void>
}
