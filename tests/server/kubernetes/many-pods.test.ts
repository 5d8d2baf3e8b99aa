import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
import { KubeConfig } from '@kubernetes/client-node'
import { expect, test, vi } from 'vitest'
import type { Pod } from '@/lib/domain/model/workload'
import { parsePod } from '@/lib/domain/pod'
import { openConnection } from '@/lib/server/kubernetes/connection'
import { keepListed } from '@/lib/server/kubernetes/list-watch'
import { Liveness } from '@/lib/server/kubernetes/liveness'
import { sharedTexts } from '@/lib/server/kubernetes/shared-texts'
import { Store } from '@/lib/server/kubernetes/store'

const PODS = 10_000
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

function heapMB(): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed / 1e6
}

test('ten thousand pods of real size are all there and take less than 40 MB of heap', async () => {
  const worker = new Worker(new URL('../../../bench/pods/server.mjs', import.meta.url), {
    workerData: { count: PODS },
  })
  const { port } = await new Promise<{ port: number }>(resolve => worker.once('message', resolve))
  const config = new KubeConfig()
  config.loadFromOptions({
    clusters: [{ name: 'c', server: `http://127.0.0.1:${port}` }],
    users: [{ name: 'u' }],
    contexts: [{ name: 'c', cluster: 'c', user: 'u' }],
    currentContext: 'c',
  })
  const connection = openConnection({ config, context: 'c' })
  if (!connection.ok) throw new Error(connection.problem.title)
  const store = new Store<Pod>()
  const stop = new AbortController()
  const liveness = new Liveness({ probe: async () => true, probeMs: 2_000, changed: () => undefined })
  const before = heapMB()
  const listed = keepListed({
    kind: { name: 'pods', group: 'api/v1', namespaced: true, parse: parsePod },
    namespace: null,
    connection: connection.value,
    store,
    liveness,
    share: sharedTexts(),
    idleMs: 90_000,
    signal: stop.signal,
    report: bug => {
      throw bug
    },
  })
  liveness.start()
  await vi.waitFor(() => expect(liveness.state().state).toBe('live'), { timeout: 15_000 })
  expect(store.all()).toHaveLength(PODS)
  expect(store.in('scale-3')).toHaveLength(500)
  expect(heapMB() - before).toBeLessThan(40)
  stop.abort()
  liveness.stop()
  await connection.value.close()
  await listed
  await worker.terminate()
})
