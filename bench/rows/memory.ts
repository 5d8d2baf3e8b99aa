import { setTimeout as wait } from 'node:timers/promises'
import { type Sandbox, startHalftone, startSandbox } from '@/bench/run/product'
import { median } from '@/bench/statistics'
import type { Row } from '@/bench/table'

const [PODS, PAIRS, SETTLE_MS, MORE_MB] = [10_000, 5, 8_000, 80]

async function settledRssMB(sandbox: Sandbox): Promise<number> {
  const halftone = await startHalftone(sandbox)
  await wait(SETTLE_MS)
  const rssMB = await halftone.rssMB()
  await halftone.stop()
  return rssMB
}

/** The whole server's resident memory on a large cluster, beside itself on an empty one. */
export async function measure(): Promise<Row[]> {
  const large = await startSandbox('--world', 'scale', '--pods', String(PODS))
  const empty = await startSandbox('--world', 'empty')
  const [ours, bare]: [number[], number[]] = [[], []]
  for (let pair = 0; pair < PAIRS; pair += 1) {
    ours.push(await settledRssMB(large))
    bare.push(await settledRssMB(empty))
  }
  await large.stop()
  await empty.stop()
  const [mb, bareMB] = [median(ours), median(bare)]
  return [
    {
      what: "whole server's memory (RSS), 10,000 pods",
      ours: `${Math.round(mb)} MB`,
      against: `empty cluster ${Math.round(bareMB)} MB`,
      ratio: (mb / bareMB).toFixed(2),
      must: `≤ ${Math.round(bareMB + MORE_MB)} MB`,
      ok: mb <= bareMB + MORE_MB,
    },
  ]
}
