import type { IncomingMessage } from 'node:http'
import { onTestFinished, vi } from 'vitest'
import type { Observed } from '@/lib/domain/model/release'
import type { Lane, Samples } from '@/lib/domain/model/samples'
import type { SamplerConfig } from '@/lib/server/sampler/config'
import { createSamplers } from '@/lib/server/sampler/sampler'
import { factsOf, type Setup } from './world'

vi.setConfig({ testTimeout: 60_000 })

export const id = { cluster: 'demo', namespace: 'shop', name: 'user-canary' }
/** As many probes as a release may send. */
export const FAST = { perSecond: 50 }

/** Samplers over one release, with what they published last. */
export function sampling(port: number, setup: Setup, config: Partial<SamplerConfig> = {}) {
  let facts: ReturnType<typeof factsOf> | null = factsOf(setup)
  const seen: { samples: Samples | null; published: number; observed: Observed[] } = {
    samples: null,
    published: 0,
    observed: [],
  }
  const samplers = createSamplers({
    factsOf: () => facts,
    publish: (_id, samples) => {
      seen.samples = samples
      seen.published++
    },
    observed: (_id, observed) => seen.observed.push(observed),
    config: {
      sampling: 'on',
      dueMs: 0,
      gateways: [{ cluster: null, className: 'nginx', url: `http://127.0.0.1:${port}` }],
      gatewayInsecure: false,
      version: '0.1.0',
      apiServers: [],
      ...config,
    },
    now: () => Date.now(),
  })
  onTestFinished(() => samplers.stop())
  const reconfigure = (next: Setup | null) => {
    facts = next && factsOf(next)
    samplers.changed(id)
  }
  const lane = (name: Lane) => seen.samples?.lanes.find(each => each.lane === name)
  return { samplers, seen, reconfigure, lane }
}

/** A controller's choice: header `role: test`, cookie `vip_user=always`, then every nth request. */
export function weighted(weight: number) {
  let turn = 0
  return ({ headers }: IncomingMessage) => {
    if (headers.role === 'test' || headers.cookie === 'vip_user=always') return 'canary' as const
    turn += weight
    if (turn < 100) return 'stable' as const
    turn -= 100
    return 'canary' as const
  }
}

/** Waits until it is so; under load that may take long. */
export const until = (expectation: () => void) => vi.waitFor(expectation, { timeout: 50_000, interval: 100 })
