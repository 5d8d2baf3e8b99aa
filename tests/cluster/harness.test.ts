import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { theCluster } from '@/tests/cluster/harness/cluster'
import { ask } from '@/tests/cluster/harness/daemons'

const cluster = theCluster()
const run = (command: string, ...args: string[]) => execFileSync(command, args, { encoding: 'utf8' })
const api = (path: string, token: string) => ask(cluster.apiUrl + path, { ca: cluster.ca, token })

test('no way leads out of the namespaces: no default route, no device but loopback and bridges, no name server', () => {
  const routes = run('ip', '-4', 'route')
    .split('\n')
    .filter(line => line !== '')
  expect(routes.filter(line => !/dev (lo|node0|cni0|veth)/.test(line) || line.startsWith('default'))).toEqual(
    [],
  )
  const devices = run('ip', '-brief', 'link').match(/^[^\s@]+/gm)
  expect(devices?.filter(name => !/^(lo|node0|cni0|veth.*)$/.test(name))).toEqual([])
  expect(run('cat', '/etc/resolv.conf')).toBe('')
})

test('Kubernetes is the pinned one, and the node is ready', async () => {
  expect((await api('/version', cluster.tokens.admin)).text).toContain('"gitVersion": "v1.34.4"')
  const node = await api('/api/v1/nodes/node1', cluster.tokens.admin)
  expect(node.text).toMatch(/"type":"Ready","status":"True"/)
})

test('Halftone is a service account of its own, with no more than deploy/ gives it', async () => {
  expect((await api('/api/v1/pods', cluster.tokens.halftone)).status).toBe(200)
  expect((await api('/api/v1/secrets', cluster.tokens.halftone)).status).toBe(403)
})

test('the gateway answers 404 for what no Ingress names', async () => {
  expect((await ask(`${cluster.gatewayUrl}/nothing`)).status).toBe(404)
})
