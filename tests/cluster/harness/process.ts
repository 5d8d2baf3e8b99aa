import { spawn } from 'node:child_process'
import { openSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

const STEP_MS = 20

/** Is a process with this number running? One that has ended and waits to be collected is not. */
export function isRunning(pid: number): boolean {
  try {
    const [, state] = /\) (\w) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return state !== 'Z' && state !== 'X'
  } catch {
    return false
  }
}

/** The process number in a file; 0 where there is none. */
export function pidIn(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8').trim())
  } catch {
    return 0
  }
}

/** Starts a program that goes on when this one ends; its output goes to `log`, its number to `pidFile`. */
export function startDaemon(
  argv: readonly string[],
  { log, pidFile, environment = {} }: { log: string; pidFile: string; environment?: Record<string, string> },
): number {
  const [command = '', ...args] = argv
  const out = openSync(log, 'a')
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', out, out],
    env: { ...process.env, ...environment },
  })
  child.on('error', error => writeFileSync(log, `${error.message}\n`, { flag: 'a' }))
  child.unref()
  writeFileSync(pidFile, String(child.pid ?? 0))
  return child.pid ?? 0
}

/** Sends a signal; resolves when the process is gone. Limits: SIGKILL after 15 s. */
export async function endProcess(pid: number, signal: NodeJS.Signals): Promise<void> {
  if (!(pid > 0 && isRunning(pid))) return
  process.kill(pid, signal)
  const insistMs = performance.now() + 15_000
  while (isRunning(pid)) {
    if (performance.now() > insistMs) process.kill(pid, 'SIGKILL')
    await wait(STEP_MS)
  }
}

/** Resolves when it is true. Errors: rejects with what `why` says after `patienceMs`. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  { why, patienceMs = 60_000 }: { why: () => string; patienceMs?: number },
): Promise<void> {
  const giveUpMs = performance.now() + patienceMs
  while (!(await isTrue())) {
    if (performance.now() > giveUpMs) throw new Error(why())
    await wait(STEP_MS)
  }
}
