import { Stand } from '@/scripts/cases/stand'
import { Api } from '@/tests/cluster/differential/api'
import { Endpoints } from '@/tests/cluster/differential/endpoints'
import { plainText } from '@/tests/cluster/differential/plot'
import type { Side } from '@/tests/cluster/differential/side'

/** The sandbox's API server and gateway; ages pass by moving its clock. */
export async function sandboxSide(): Promise<Side> {
  const stand = await Stand.open()
  const api = new Api(stand.access)
  const endpoints = await Endpoints.open(api, { net: '127.99', port: 0 })
  let nowMs = Date.UTC(2026, 0, 1)
  return {
    api,
    endpoints,
    gatewayPort: await stand.gatewayAt(0n, true),
    cookieText: plainText,
    async nextAge() {
      nowMs += 1_000
      stand.setClock(nowMs)
    },
    trouble: () => null,
    complaint: () => '',
    restart: async () => undefined,
    async close() {
      await Promise.all([stand.close(), endpoints.close(), api.close()])
    },
  }
}
