import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, vi } from 'vitest'

const BEAT_S = 1
/** Kernel ticks a second, in which it tells when a process began. */
const TICKS = 100

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const workers = (): number[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => /^nginx: worker process\s*\0*$/.test(read(`/proc/${name}/cmdline`)))
    .map(Number)

/** Units: seconds since the machine began. */
const nowS = () => Number(read('/proc/uptime').split(' ')[0])
const begunS = (pid: number) => Number(read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ')[19]) / TICKS

/**
 * Puts nginx's workers half a second apart: each looks for news once a second from when it began. They begin together, so
 * on a controller that was just started they would agree by accident. The second one is ended; nginx begins another.
 */
export async function staggerWorkers(): Promise<void> {
  const [first, second] = workers()
  if (first === undefined || second === undefined) return
  const isHalfway = () => Math.abs(((nowS() - begunS(first)) % BEAT_S) - BEAT_S / 2) < 0.05
  while (!isHalfway()) await pause(5)
  process.kill(second, 'SIGKILL')
  await vi.waitFor(() => expect(workers().filter(pid => pid !== second)).toHaveLength(2))
}
