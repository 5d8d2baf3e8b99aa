// A worker: an API server that has N pods of real size (about 11 kB), answers their list in pages, and counts pages.
import { createServer } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

const texts = (count, text) => Array.from({ length: count }, (_, i) => text.replaceAll('#', String(i)))
const env = texts(
  44,
  'postgres://account-#@database-#.internal.example.svc.cluster.local:5432/app?sslmode=verify-full',
)
const managed = Object.fromEntries(
  texts(60, 'k:{"name":"SETTING_#"}').map(key => [`f:${key}`, { 'f:name': {}, 'f:value': {} }]),
)

const podOf = i => ({
  metadata: {
    name: `crowd-${Math.floor(i / 50)}-5d4f8c7b9-${i.toString(36).padStart(5, 'x')}`,
    namespace: `scale-${Math.floor(i / 500)}`,
    uid: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    resourceVersion: String(1000 + i),
    creationTimestamp: '2026-11-24T08:00:00Z',
    labels: { app: `crowd-${Math.floor(i / 50)}`, 'pod-template-hash': '5d4f8c7b9', tier: 'web' },
    ownerReferences: [
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `crowd-${Math.floor(i / 50)}-5d4f8c7b9`, uid: 'x' },
    ],
    managedFields: [{ manager: 'kubelet', operation: 'Update', fieldsType: 'FieldsV1', fieldsV1: managed }],
  },
  spec: {
    nodeName: `node-${i % 40}.example.internal`,
    containers: [
      {
        name: 'app',
        image: `registry.example.internal:5000/platform/crowd-${Math.floor(i / 50)}:v1`,
        env: env.map((value, at) => ({ name: `SETTING_${at}`, value })),
      },
    ],
    volumes: texts(12, 'configuration-#').map(name => ({
      name,
      projected: { sources: [{ configMap: { name } }] },
    })),
  },
  status: {
    phase: 'Running',
    conditions: [
      { type: 'PodScheduled', status: 'True' },
      { type: 'Ready', status: 'True' },
    ],
    startTime: '2026-11-24T08:00:05Z',
    containerStatuses: [{ name: 'app', ready: true, restartCount: 0, state: { running: {} } }],
  },
})

const pods = Array.from({ length: workerData.count }, (_, i) => JSON.stringify(podOf(i)))

const server = createServer((request, response) => {
  const { searchParams, pathname } = new URL(request.url ?? '/', 'http://far')
  response.setHeader('content-type', 'application/json')
  if (pathname === '/readyz') return response.end('ok')
  if (searchParams.get('watch')) {
    response.writeHead(200)
    return response.flushHeaders()
  }
  const start = Number(searchParams.get('continue') ?? 0)
  const end = Math.min(pods.length, start + Number(searchParams.get('limit') ?? pods.length))
  const metadata = { resourceVersion: '999999', ...(end < pods.length && { continue: String(end) }) }
  response.end(`{"metadata":${JSON.stringify(metadata)},"items":[${pods.slice(start, end).join(',')}]}`)
})
server.listen(0, '127.0.0.1', () => parentPort?.postMessage({ port: server.address().port }))
parentPort?.on('message', () => server.close(() => process.exit(0)))
