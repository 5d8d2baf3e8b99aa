import { type ChildProcess, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { CACHE, cgroupName, MOUNT_POINTS, NAME, runFolder } from '@/tests/cluster/harness/place'
import { until } from '@/tests/cluster/harness/process'

const FLAGS = [
  '--net',
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
  '--propagation',
  'private',
]
const PATIENCE_MS = 20_000
const CGROUPS = '/sys/fs/cgroup'

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

const programOf = (pid: string): string => {
  try {
    return readlinkSync(`/proc/${pid}/exe`)
  } catch {
    return ''
  }
}

const isDone = (isTrue: () => boolean, what: string): Promise<void> =>
  until(isTrue, { why: () => `${what} did not happen in ${PATIENCE_MS / 1000} s`, patienceMs: PATIENCE_MS })

/** The first process of a cluster's namespaces, while it runs. A number that another program has now is nobody. */
export function firstProcess(name = NAME): string | null {
  const [pid = '', program = ''] = read(join(runFolder(name), 'pid1')).split('\n')
  return pid !== '' && programOf(pid) === program ? pid : null
}

/**
 * Opens network, mount and process namespaces of their own, with nothing in them but `pause`.
 * `isTied`: they end when this process ends, however it ends.
 */
export async function openNamespaces(pause: string, isTied: boolean): Promise<void> {
  for (const folder of [runFolder(), ...MOUNT_POINTS]) mkdirSync(folder, { recursive: true })
  const tie = isTied ? ['setpriv', '--pdeathsig', 'KILL'] : []
  const [command = '', ...args] = [...tie, 'unshare', ...FLAGS, pause]
  const outer = spawn(command, args, { stdio: 'ignore', detached: !isTied })
  outer.unref()
  const childrenOf = (pid: number | undefined) => read(`/proc/${pid}/task/${pid}/children`).split(' ')
  const inner = () => childrenOf(outer.pid).find(pid => programOf(pid) === pause)
  await isDone(() => inner() !== undefined, 'a process in new namespaces')
  writeFileSync(join(runFolder(), 'pid1'), `${inner()}\n${pause}`)
}

/** Starts a program inside the namespaces. It sees no proxy, since nothing outside can be reached. */
export function inside(
  command: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): ChildProcess {
  const pid = firstProcess()
  if (pid === null) throw new Error(`no cluster named ${NAME} is up: npm run cluster:up`)
  const folder = runFolder()
  const set = {
    HALFTONE_CLUSTER_CACHE: CACHE,
    HALFTONE_CLUSTER_NAME: NAME,
    HALFTONE_CLUSTER_INSIDE: folder,
    KUBECONFIG: join(folder, 'kubeconfig'),
    KUBECACHEDIR: join(folder, 'kubecache'),
    NO_PROXY: '*',
    no_proxy: '*',
    ...environment,
  }
  const enter = ['-t', pid, '-n', '-m', '-p', `--wd=${process.cwd()}`, '--', command, ...args]
  return spawn('nsenter', enter, { stdio: 'inherit', env: { ...process.env, ...set } })
}

/** Resolves to the exit code of a program that was started. */
export const ended = (child: ChildProcess): Promise<number> =>
  new Promise(resolve => {
    child.on('error', () => resolve(127))
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })

function removeCgroups(): void {
  const own = [CGROUPS, ...readdirSync(CGROUPS).map(each => join(CGROUPS, each))]
    .map(folder => join(folder, cgroupName()))
    .filter(existsSync)
  const remove = (folder: string): void => {
    for (const each of readdirSync(folder, { withFileTypes: true }))
      if (each.isDirectory()) remove(join(folder, each.name))
    try {
      rmdirSync(folder)
    } catch {
      // still busy: the next call finds it empty
    }
  }
  for (const folder of own) remove(folder)
}

/** Does any process of this machine see something mounted there? Removing the folder here would take it away from them. */
const isMountedSomewhere = (folder: string): boolean =>
  readdirSync('/proc').some(
    pid => /^\d+$/.test(pid) && read(`/proc/${pid}/mountinfo`).includes(` ${folder} `),
  )

function removeMountPoints(): void {
  for (const folder of MOUNT_POINTS) {
    if (isMountedSomewhere(folder)) continue
    try {
      rmdirSync(folder)
    } catch {
      // not there, or somebody else's
    }
  }
}

/** Ends everything inside and removes what it left on the machine. Whatever state it was in; twice does no harm. */
export async function closeNamespaces(): Promise<void> {
  const pid = firstProcess()
  if (pid !== null) {
    process.kill(Number(pid), 'SIGKILL')
    await isDone(() => !existsSync(`/proc/${pid}`), 'the end of the namespaces')
  }
  const isGone = () => {
    removeCgroups()
    return [CGROUPS, ...readdirSync(CGROUPS).map(each => join(CGROUPS, each))].every(
      folder => !existsSync(join(folder, cgroupName())),
    )
  }
  await isDone(isGone, 'the end of the cgroups')
  rmSync(runFolder(), { recursive: true, force: true })
  removeMountPoints()
}
