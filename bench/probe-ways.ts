import { request } from 'undici'
import { addressRule } from '@/lib/server/sampler/address'
import { Prober } from '@/lib/server/sampler/probe'

const [way = '', url = ''] = process.argv.slice(2)
const [WARM, REQUESTS] = [1_000, 4_000]
const { hostname, port } = new URL(url)

const line = {
  scheme: 'http' as const,
  address: hostname,
  port: Number(port),
  serverName: 'shop.test',
  rule: addressRule('operator', []),
  insecure: false,
}
const prober = new Prober({ line, host: 'shop.test', path: '/user', userAgent: 'halftone-bench' })

/** Each asks once and reads the whole answer. */
const WAYS: Record<string, () => Promise<unknown>> = {
  probe: async () => {
    const answer = await prober.ask({})
    if (!answer.ok) throw new Error('the probe was not answered')
  },
  undici: async () => (await request(url)).body.text(),
  fetch: async () => (await fetch(url)).text(),
}

const ask = WAYS[way]
if (!ask) throw new Error(`there is no way ${way}`)
for (let i = 0; i < WARM; i += 1) await ask()
const before = process.cpuUsage()
for (let i = 0; i < REQUESTS; i += 1) await ask()
const { user, system } = process.cpuUsage(before)
process.stdout.write(`${(user + system) / REQUESTS}\n`, () => process.exit(0))
