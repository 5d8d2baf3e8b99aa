import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Api } from '@/tests/cluster/differential/api'
import { Endpoints } from '@/tests/cluster/differential/endpoints'
import type { Side } from '@/tests/cluster/differential/side'
import type { RealCluster } from '@/tests/cluster/harness/cluster'

/** The harness leads this network to this machine. */
const NET = '10.99'
const POD_PORT = 8080
/** Syncs at once; addresses in the status are of no interest here. */
const FAST = ['--sync-rate-limit=50', '--update-status=false']
/** The address of a node and when it was chosen: any will do. */
const NODE = '1700000000.1.2.3'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')

/** Source: ingress-nginx 1.15.1, balancer/sticky.lua, backend_key. */
const cookieText = (key: string) => `${NODE}|${md5(md5(key) + key)}`

const second = () => Math.floor(Date.now() / 1000)

/** creationTimestamp has whole seconds: the next age begins with the next one. */
async function nextSecond(): Promise<void> {
  const now = second()
  while (second() === now) await sleep(5)
}

/** The last panic, or the last reason for which nginx refused a configuration. */
const complaintIn = (log: string): string => log.match(/(?:panic: |\[emerg\] ).*/g)?.at(-1) ?? ''

/** The real API server and the real controller, which is restarted so that it syncs as fast as it can. */
export async function controllerSide(cluster: RealCluster): Promise<Side> {
  const restart: Side['restart'] = ({ flags = [], webhook = false } = {}) =>
    cluster.restartController({ flags: [...FAST, ...flags], webhook })
  await restart()
  const api = new Api({ url: cluster.apiUrl, token: cluster.tokens.admin, ca: cluster.ca })
  const endpoints = await Endpoints.open(api, { net: NET, port: POD_PORT })
  return {
    api,
    endpoints,
    gatewayPort: 80,
    cookieText,
    nextAge: nextSecond,
    trouble: () => (cluster.isAlive('ingress-nginx') ? null : 'the controller ended'),
    complaint: () => complaintIn(cluster.log('ingress-nginx')),
    restart,
    async close() {
      await Promise.all([endpoints.close(), api.close()])
    },
  }
}
