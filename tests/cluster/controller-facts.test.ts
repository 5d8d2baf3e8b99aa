import { describe } from 'vitest'
import { controllerFacts } from '@/tests/cluster/controller/facts'
import { theCluster } from '@/tests/cluster/harness/cluster'

const cluster = theCluster()
const RELOADED = /Backend successfully reloaded/g
const reloads = () => cluster.log('ingress-nginx').match(RELOADED)?.length ?? 0

describe('the real controller, as a person would run it', () => {
  controllerFacts(async () => {
    await cluster.restartController()
    const { apiUrl, ca, gatewayUrl } = cluster
    const token = cluster.tokens.admin
    return { apiUrl, token, ca, gatewayUrl, podAddress: '10.99.0.1', boundMs: 4_400, reloads }
  })
})
