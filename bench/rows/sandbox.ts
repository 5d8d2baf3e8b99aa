import { setTimeout as wait } from 'node:timers/promises'
import { startSandbox } from '@/bench/run/product'
import { median } from '@/bench/statistics'
import type { Row } from '@/bench/table'

const [TIMES, SETTLE_MS, READY_MS, RSS_MB] = [5, 2_000, 3_000, 150]

/** How soon the embedded cluster answers with its default world, and what it holds then. */
export async function measure(): Promise<Row[]> {
  const [readyMs, rssMB]: [number[], number[]] = [[], []]
  for (let time = 0; time < TIMES; time += 1) {
    const sandbox = await startSandbox()
    readyMs.push(sandbox.readyMs)
    await wait(SETTLE_MS)
    rssMB.push(await sandbox.rssMB())
    await sandbox.stop()
  }
  const [ms, mb] = [median(readyMs), median(rssMB)]
  const common = { against: '', ratio: '' }
  return [
    {
      what: 'sandbox ready, default world',
      ours: `${(ms / 1000).toFixed(2)} s`,
      ...common,
      must: `≤ ${READY_MS / 1000} s`,
      ok: ms <= READY_MS,
    },
    {
      what: "sandbox's memory (RSS), default world",
      ours: `${Math.round(mb)} MB`,
      ...common,
      must: `≤ ${RSS_MB} MB`,
      ok: mb <= RSS_MB,
    },
  ]
}
