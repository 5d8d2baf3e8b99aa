import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask, type Layout } from '@/tests/cluster/harness/daemons'
import { endProcess, isRunning, pidIn, startDaemon, until } from '@/tests/cluster/harness/process'

const NGINX_PID = '/tmp/nginx/nginx.pid'
const STREAM_PORT = '127.0.0.1:10247'

const isThere = async (url: string, status: number): Promise<boolean> => (await ask(url)).status === status

/** Files of the controller's own processes. */
const filesOf = (folder: string) => ({
  pidFile: join(folder, 'ingress-nginx.pid'),
  log: join(folder, 'logs/ingress-nginx.log'),
  sinkPid: join(folder, 'sink.pid'),
})

/** Ends the controller, the nginx it leaves behind when it dies, and what stands in for its stream endpoint. */
export async function endController(folder: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const { pidFile, sinkPid } = filesOf(folder)
  await endProcess(pidIn(pidFile), signal)
  // After a panic of the controller nginx goes on, at times without the file that names it.
  for (const pid of [pidIn(NGINX_PID), ...nginxMasters()]) await endProcess(pid, 'SIGTERM')
  await endProcess(pidIn(sinkPid), 'SIGTERM')
}

/** Every nginx that is there: in these namespaces they are all the controller's. */
function nginxMasters(): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name) && titleOf(name).startsWith('nginx: master process'))
    .map(Number)
}

function titleOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/**
 * Starts the controller as a plain process of the node, with its default settings and `flags` more, and waits until it has
 * an nginx that knows its backends.
 */
export async function startController(
  { folder, built }: Layout,
  flags: readonly string[] = [],
): Promise<void> {
  const { pidFile, log, sinkPid } = filesOf(folder)
  await endController(folder)
  // An nginx that was killed leaves these, and the controller begins with a configuration that is not its last one.
  rmSync('/tmp/nginx/prometheus-nginx.socket', { force: true })
  copyFileSync(join(built.ingressNginx, 'etc-nginx/nginx.conf'), '/etc/nginx/nginx.conf')
  writeFileSync(log, '')
  const argv = [
    join(built.ingressNginx, 'nginx-ingress-controller'),
    `--kubeconfig=${join(folder, 'pki/ingress-nginx.conf')}`,
    '--controller-class=k8s.io/ingress-nginx',
    '--ingress-class=nginx',
    '--configmap=ingress-nginx/ingress-nginx-controller',
    '--publish-status-address=127.0.0.1',
    '--http-port=80',
    '--https-port=443',
    '--healthz-host=127.0.0.1',
    '--enable-annotation-validation=true',
    // How long it would stay in the way of the next one; nothing is served in that time.
    '--post-shutdown-grace-period=0',
    ...flags,
  ]
  const environment = {
    POD_NAME: 'ingress-nginx-controller',
    POD_NAMESPACE: 'ingress-nginx',
    NGINX_BINARY: '/usr/sbin/nginx',
  }
  const pid = startDaemon(argv, { log, pidFile, environment })
  const why = () => `ingress-nginx is not ready; see ${log}`
  const alive = () => {
    if (!isRunning(pid)) throw new Error(`ingress-nginx ended; see ${log}`)
  }
  // It refuses to start while its stream port is taken: the stand-in comes after its look at the ports.
  const hasLooked = async () => {
    alive()
    return (await ask('http://127.0.0.1:10254/healthz')).status !== 0
  }
  await until(hasLooked, { why })
  startDaemon([join(built.programs, 'sink'), STREAM_PORT], {
    log: join(folder, 'logs/sink.log'),
    pidFile: sinkPid,
  })
  // Its first configuration is an empty one; ready is when the catch-all answers and Lua has its backends.
  const isReady = async () => {
    alive()
    return (
      (await isThere('http://127.0.0.1/', 404)) &&
      (await isThere('http://127.0.0.1:10246/is-dynamic-lb-initialized', 200))
    )
  }
  await until(isReady, { why })
}
