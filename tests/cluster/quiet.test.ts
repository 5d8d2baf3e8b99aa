import { KubeConfig } from '@kubernetes/client-node'
import { expect, test, vi } from 'vitest'
import { connectCluster } from '@/lib/server/cluster'
import { openConnection } from '@/lib/server/kubernetes/connection'
import { auditFromNow } from '@/tests/cluster/audit'
import { theCluster } from '@/tests/cluster/harness/cluster'

const US = 'halftone-quiet'
/** Units: milliseconds. A ninth of the product's, so that silence would show in seconds. */
const IDLE_MS = 10_000
const WATCHES = 4

test('where nothing happens a real API server tells nothing for minutes: what is shown stays live', async () => {
  const { kubeconfig, auditLog } = theCluster()
  const calls = auditFromNow(auditLog)
  const config = new KubeConfig()
  config.loadFromFile(kubeconfig)
  const opened = openConnection({ config, context: 'halftone', userAgent: US })
  if (!opened.ok) throw new Error(opened.problem.title)
  const states: string[] = []
  const cluster = connectCluster({
    name: 'real',
    connection: opened.value,
    namespaces: null,
    gateway: null,
    readOnly: true,
    publish: ({ key, value }) =>
      key === 'cluster/real' && value && 'state' in value && states.push(value.state),
    onRelease: () => undefined,
    report: bug => {
      throw bug
    },
    times: { idleMs: IDLE_MS },
  })
  cluster.start()
  const watches = () =>
    calls().filter(
      ({ agent, permission }) => agent === US && permission === 'watch networking.k8s.io/ingressclasses',
    )
  // Each watch is noted at its beginning and at its end.
  const isLongEnough = () => expect(watches().length).toBeGreaterThanOrEqual(2 * WATCHES)
  await vi.waitFor(isLongEnough, { timeout: 90_000, interval: 200 }).finally(() => cluster.stop())
  expect(states.slice(states.indexOf('live'))).toEqual(states.slice(states.indexOf('live')).map(() => 'live'))
  expect(states).toContain('live')
}, 120_000)
