import { setTimeout as wait } from 'node:timers/promises'
import { eachLine, Heard } from '@/bench/run/lines'
import { startHalftone, startSandbox } from '@/bench/run/product'
import { everyWeight, openWeights, type Weights } from '@/bench/run/weights'
import { median, quantile } from '@/bench/statistics'
import type { Row } from '@/bench/table'

const [PODS, ROUNDS, CHANGES, EVERY_MS] = [10_000, 5, 200, 50]
const [TIMES, PLUS_MS] = [2.5, 25]

/** Hears the weight of the canary on the raw watch and on the product's stream. */
async function listen(weights: Weights, url: string, signal: AbortSignal) {
  const [raw, streamed] = [new Heard(), new Heard()]
  void eachLine(await weights.watch(signal), line => raw.hear(weights.inLine(line)))
  const stream = await fetch(`${url}/api/stream?topic=board`, { signal })
  if (!stream.body) throw new Error('no stream')
  void eachLine(stream.body, line => {
    if (!line.startsWith('data: {"key":"board/')) return
    const { value }: { value: { weight: number } | null } = JSON.parse(line.slice(6))
    if (value) streamed.hear(value.weight)
  })
  await wait(1_000)
  return { raw, streamed }
}

type Heards = Awaited<ReturnType<typeof listen>>

async function round(weights: Weights, { raw, streamed }: Heards) {
  const [rawMs, streamMs]: [number[], number[]] = [[], []]
  await everyWeight(CHANGES, EVERY_MS, async weight => {
    const heard = Promise.all([raw.next(weight), streamed.next(weight)])
    const sentMs = performance.now()
    await weights.set(weight)
    const [rawAtMs, streamAtMs] = await heard
    rawMs.push(rawAtMs - sentMs)
    streamMs.push(streamAtMs - sentMs)
  })
  return { rawMs, streamMs }
}

/** From a PATCH of somebody else to the frame on our stream, beside the event on a raw watch. */
export async function measure(): Promise<Row[]> {
  const sandbox = await startSandbox('--world', 'scale', '--pods', String(PODS), '--sync-delay', '0')
  const halftone = await startHalftone(sandbox, { HALFTONE_SAMPLING: 'off' })
  const weights = openWeights(sandbox.kubeconfig)
  const stop = new AbortController()
  const heards = await listen(weights, halftone.url, stop.signal)
  const rounds = []
  for (let i = 0; i < ROUNDS; i += 1) rounds.push(await round(weights, heards))
  stop.abort()
  await weights.close()
  await halftone.stop()
  await sandbox.stop()
  const raw = median(rounds.map(({ rawMs }) => quantile(rawMs, 0.99)))
  const ours = median(rounds.map(({ streamMs }) => quantile(streamMs, 0.99)))
  const most = TIMES * raw + PLUS_MS
  return [
    {
      what: 'PATCH of a weight → SSE frame, 10,000 pods, p99',
      ours: `${ours.toFixed(1)} ms`,
      against: `raw watch event ${raw.toFixed(1)} ms`,
      ratio: (ours / raw).toFixed(2),
      must: `≤ ${most.toFixed(1)} ms`,
      ok: ours <= most,
    },
  ]
}
