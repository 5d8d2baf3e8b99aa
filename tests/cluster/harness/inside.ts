// Runs inside the new namespaces: makes a node of them, then ends; what it has started goes on.
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeCgroup } from '@/tests/cluster/harness/cgroup'
import { layoutFile, startNodeDaemon } from '@/tests/cluster/harness/cluster'
import { startController } from '@/tests/cluster/harness/controller'
import { API_URL, type Layout } from '@/tests/cluster/harness/daemons'
import { makeMounts, makeNetwork, NODE_ADDRESS } from '@/tests/cluster/harness/mounts'
import { kubeconfigOf, makePki } from '@/tests/cluster/harness/pki'
import { cgroupName, ROOT, runFolder, SOURCES } from '@/tests/cluster/harness/place'

const HOSTS = {
  apiserver: ['127.0.0.1', NODE_ADDRESS, '10.96.0.1', 'localhost', 'kubernetes.default.svc'],
  'ingress-nginx': ['127.0.0.1'],
}
const TOKEN_SECONDS = 86_400
const startedMs = performance.now()

const say = (what: string) =>
  console.error(`${((performance.now() - startedMs) / 1000).toFixed(1).padStart(6)} s  ${what}`)

const folder = runFolder()
const [kubernetes = '', ingressNginx = '', programs = ''] = process.argv.slice(2)
const adminToken = randomBytes(24).toString('hex')
const layout: Layout = { folder, built: { kubernetes, ingressNginx, programs }, adminToken }

const template = (name: string, target = name) =>
  writeFileSync(
    join(folder, target),
    readFileSync(join(SOURCES, 'manifests', name), 'utf8')
      .replaceAll('@RUN@', folder)
      .replaceAll('@CGROUP@', cgroupName()),
  )
const kubectl = (...args: string[]) =>
  execFileSync(join(kubernetes, 'kubectl'), args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

function prepare(): string {
  mkdirSync(join(folder, 'logs'), { recursive: true })
  mkdirSync(join(folder, 'cni'), { recursive: true })
  makeMounts(folder, join(ingressNginx, 'etc-nginx'))
  makeNetwork()
  makeCgroup()
  const ca = makePki(join(folder, 'pki'), API_URL, HOSTS)
  writeFileSync(join(folder, 'pki/tokens.csv'), `${adminToken},admin,admin,"system:masters"\n`, {
    mode: 0o600,
  })
  writeFileSync(layoutFile(folder), JSON.stringify(layout), { mode: 0o600 })
  for (const name of ['kubelet.yaml', 'containerd.toml', 'audit.yaml']) template(name)
  template('bridge.json', 'cni/10-bridge.conflist')
  writeKubeconfig(ca, { admin: { token: adminToken } })
  return ca
}

function writeKubeconfig(ca: string, users: Record<string, { token: string }>): void {
  writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(kubeconfigOf(ca, API_URL, users)), { mode: 0o600 })
}

/** Halftone is somebody of its own, bound by exactly what it is deployed with. */
function admitHalftone(ca: string): void {
  kubectl('apply', '-f', join(ROOT, 'deploy/rbac.yaml'))
  const token = kubectl(
    'create',
    'token',
    'halftone',
    '-n',
    'halftone',
    `--duration=${TOKEN_SECONDS}s`,
  ).trim()
  writeKubeconfig(ca, { admin: { token: adminToken }, halftone: { token } })
}

/** containerd takes the images when it runs; its names for them are what the pods ask for. */
function importImages(): void {
  execFileSync('ctr', ['-n', 'k8s.io', 'images', 'import', join(programs, 'images.tar')], { stdio: 'pipe' })
}

try {
  const ca = prepare()
  say('namespaces, mounts and certificates')
  await Promise.all([
    startNodeDaemon(layout, 'etcd').then(() => startNodeDaemon(layout, 'kube-apiserver')),
    startNodeDaemon(layout, 'containerd').then(importImages),
  ])
  say('etcd, containerd and kube-apiserver')
  await Promise.all([
    startNodeDaemon(layout, 'kube-controller-manager'),
    startNodeDaemon(layout, 'kube-scheduler'),
    startNodeDaemon(layout, 'kubelet').then(() => say('the node is ready')),
  ])
  kubectl('apply', '-f', join(SOURCES, 'manifests/ingress-nginx.yaml'))
  admitHalftone(ca)
  await startController(layout)
  say('ingress-nginx answers')
} catch (error) {
  const text = error instanceof Error ? error.message : String(error)
  appendFileSync(join(folder, 'logs/harness.log'), `${text}\n`)
  console.error(text)
  process.exitCode = 1
}
