import { theCluster } from '@/tests/cluster/harness/cluster'
import { holdsAdmission, holdsContract } from '@/tests/contract/api-server'

const ETCD = 'http://127.0.0.1:2379/v3'

async function tellEtcd(path: string, body: object): Promise<{ header: { revision: string } }> {
  const answer = await fetch(ETCD + path, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`etcd answered ${answer.status} to ${path}`)
  return (await answer.json()) as { header: { revision: string } }
}

/** Compacts etcd, and starts the API server anew: until then its watch cache remembers what etcd has forgotten. */
async function expire(): Promise<void> {
  const { revision } = (await tellEtcd('/maintenance/status', {})).header
  await tellEtcd('/kv/compaction', { revision, physical: true })
  await cluster.kill('kube-apiserver')
  await cluster.start('kube-apiserver')
}

const cluster = theCluster()

const { apiUrl, ca, tokens } = cluster

holdsAdmission('the real controller', async () => {
  await cluster.restartController({ webhook: true })
  return { apiUrl, ca, tokens, expire, close: () => cluster.restartController({}) }
})
holdsContract('the real API server', async () => ({
  apiUrl,
  ca,
  tokens,
  expire,
  close: async () => undefined,
}))
