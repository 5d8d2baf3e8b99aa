import 'server-only'
import type { Gateway } from '@/lib/server/env-values'

/** How this process samples. `gatewayCa` is PEM; `apiServers` are addresses no probe may go to. Units: milliseconds. */
export type SamplerConfig = {
  sampling: 'on' | 'off'
  dueMs: number
  gateways: readonly Gateway[]
  gatewayCa?: string
  gatewayInsecure: boolean
  version: string
  apiServers: readonly string[]
  /** How long sampling goes on after the last viewer left; five minutes unless told. */
  graceMs?: number
}
