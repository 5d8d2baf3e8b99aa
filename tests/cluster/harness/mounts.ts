import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The node's address, on a bridge that leads nowhere. */
export const NODE_ADDRESS = '10.88.0.10'

/** Addresses that hand-written EndpointSlices may name: whatever listens on all addresses answers on each of them. */
const ANYBODY = '10.99.0.0/16'

/** The kubelet insists on writing these settings, which are the whole machine's: it gets files of its own. */
const SETTINGS = [
  'vm/overcommit_memory',
  'vm/panic_on_oom',
  'kernel/panic',
  'kernel/panic_on_oops',
  'kernel/keys/root_maxkeys',
  'kernel/keys/root_maxbytes',
]

const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })

function bind(from: string, to: string): void {
  run('mount', '--bind', from, to)
}

/** Gives everything that has a fixed path a private place in the run folder. */
export function makeMounts(folder: string, etcNginx: string): void {
  run('mount', '--make-rshared', '/')
  run('mount', '-t', 'tmpfs', 'tmpfs', '/run')
  const own = (name: string): string => {
    const path = join(folder, name)
    mkdirSync(path, { recursive: true })
    return path
  }
  for (const each of ['lock', 'netns']) mkdirSync(join('/run', each))
  for (const each of ['telemetry', 'ssl', 'auth', 'geoip']) own(`etc-ingress/${each}`)
  for (const each of ['nginx', 'pods', 'containers']) own(`var-log/${each}`)
  cpSync(etcNginx, own('etc-nginx'), { recursive: true })
  cpSync('/etc/nginx/mime.types', join(own('etc-nginx'), 'mime.types'))
  bind(own('etc-nginx'), '/etc/nginx')
  bind(own('etc-ingress'), '/etc/ingress-controller')
  bind(own('tmp-nginx'), '/tmp/nginx')
  bind(own('var-log'), '/var/log')
  bind(own('var-lib-cni'), '/var/lib/cni')
  // The folder of device plugins is fixed, whatever the kubelet's --root-dir says.
  bind(own('var-lib-kubelet'), '/var/lib/kubelet')
  for (const setting of SETTINGS) {
    const copy = join(own('settings'), setting.replaceAll('/', '.'))
    writeFileSync(copy, readFileSync(join('/proc/sys', setting)))
    bind(copy, join('/proc/sys', setting))
  }
  // No name server can be reached in here, so that nothing even tries.
  const resolv = join(folder, 'resolv.conf')
  writeFileSync(resolv, '')
  bind(resolv, realpathSync('/etc/resolv.conf'))
}

/** Loopback, and one bridge with the node's address. No way out. */
export function makeNetwork(): void {
  run('ip', 'link', 'set', 'lo', 'up')
  run('ip', 'link', 'add', 'node0', 'type', 'bridge')
  run('ip', 'address', 'add', `${NODE_ADDRESS}/24`, 'dev', 'node0')
  run('ip', 'link', 'set', 'node0', 'up')
  run('ip', 'route', 'replace', 'local', ANYBODY, 'dev', 'lo')
  run('sysctl', '-qw', 'net.ipv4.ip_forward=1')
}
