import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A program of ours in a process of its own. Errors: `firstLine` rejects when it ends before it says anything. */
export type Program = {
  firstLine: Promise<string>
  /** Resident memory. Units: megabytes. */
  rssMB: () => Promise<number>
  stop: () => Promise<void>
  /** Ends it at once, as a crash does. */
  kill: () => Promise<void>
}

/** Whatever happens to the bench, its programs end with it. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) terminate(child)
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))

/** Starts a command in the repository's folder, in a process group of its own; what it says on stderr is passed on. */
export function startProgram(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Program {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  const lines = createInterface({ input: child.stdout })
  const firstLine = new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`${command} ${args.join(' ')} ended with ${code}`)))
  })
  firstLine.catch(() => undefined)
  return {
    firstLine,
    rssMB: () => rssOf(child.pid),
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  }
}

async function rssOf(pid: number | undefined): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)])
  return (Number(stdout) * 1024) / 1e6
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise(resolve => child.once('exit', resolve))
  terminate(child, signal)
  await ended
}

/** npm and its shell do not pass signals on: the program's whole group is told. */
function terminate({ pid }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): void {
  if (pid !== undefined) process.kill(-pid, signal)
}
