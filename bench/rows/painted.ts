import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { inChromium } from '@/bench/run/browser'
import { eachLine } from '@/bench/run/lines'
import { CLUSTER, startHalftone, startSandbox } from '@/bench/run/product'
import { everyWeight, openWeights, type Weights } from '@/bench/run/weights'
import { median, quantile } from '@/bench/statistics'
import type { Row } from '@/bench/table'

const [PODS, ROUNDS, CHANGES, EVERY_MS, LAST_MS] = [10_000, 5, 200, 50, 1_000]
const [P50_MS, P99_MS] = [30, 60]

/** Units: epoch milliseconds with fractions, which both processes of one machine share. */
type At = { weight: number; atMs: number }
const nowMs = () => performance.timeOrigin + performance.now()

/** Tells each new weight once the frame that shows it has been drawn: the task right after its animation frame. */
async function hearPaints(page: Page): Promise<At[]> {
  const painted: At[] = []
  page.on('console', message => {
    const [word, weight, atMs] = message.text().split(' ')
    if (word === 'painted') painted.push({ weight: Number(weight), atMs: Number(atMs) })
  })
  // Functions in it have no names: tsx would call a helper for those, which the page does not have.
  await page.evaluate(() => {
    let shown = ''
    new MutationObserver(() => {
      const [, weight = ''] = /Weight (\d+) of/.exec(document.querySelector('main')?.textContent ?? '') ?? []
      if (weight === shown) return
      shown = weight
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          console.debug(`painted ${weight} ${performance.timeOrigin + performance.now()}`)
          port1.close()
        }
        port2.postMessage(null)
      })
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  return painted
}

/** Tells each new weight when it arrives on a raw watch: what the machine and the sandbox take of the time. */
async function hearRaw(weights: Weights, signal: AbortSignal): Promise<At[]> {
  const raw: At[] = []
  void eachLine(await weights.watch(signal), line =>
    raw.push({ weight: weights.inLine(line), atMs: nowMs() }),
  )
  return raw
}

/** For each change the time until its weight, or one of a later change, was told. */
function waits(sent: readonly At[], told: readonly At[]): number[] {
  const places = told.map(({ weight, atMs }) => ({
    atMs,
    place: sent.findLastIndex(each => each.weight === weight && each.atMs < atMs),
  }))
  return sent.map(({ atMs }, index) => {
    const first = places.find(each => each.place >= index)
    return (first?.atMs ?? Number.POSITIVE_INFINITY) - atMs
  })
}

type Taken = { painted: number[]; raw: number[] }

async function round(weights: Weights, painted: At[], raw: At[]): Promise<Taken> {
  const sent: At[] = []
  painted.length = 0
  raw.length = 0
  const writes: Promise<void>[] = []
  await everyWeight(CHANGES, EVERY_MS, async weight => {
    sent.push({ weight, atMs: nowMs() })
    writes.push(weights.set(weight))
  })
  await Promise.all(writes)
  await wait(LAST_MS)
  return { painted: waits(sent, painted), raw: waits(sent, raw) }
}

async function rounds(kubeconfig: string, url: string): Promise<Taken[]> {
  const weights = openWeights(kubeconfig)
  const stop = new AbortController()
  const raw = await hearRaw(weights, stop.signal)
  const taken = await inChromium(async browser => {
    const page = await browser.newPage({ locale: 'en-GB' })
    await page.goto(url)
    await page.locator('.recharts-surface').first().waitFor()
    const painted = await hearPaints(page)
    await round(weights, painted, raw)
    const all: Taken[] = []
    for (let i = 0; i < ROUNDS; i += 1) all.push(await round(weights, painted, raw))
    return all
  })
  stop.abort()
  await weights.close()
  return taken
}

/** From a PATCH of somebody else to pixels in Chromium, at a steady pace that never waits for an answer. */
export async function measure(): Promise<Row[]> {
  const sandbox = await startSandbox('--world', 'scale', '--pods', String(PODS))
  const halftone = await startHalftone(sandbox)
  const taken = await rounds(sandbox.kubeconfig, `${halftone.url}/releases/${CLUSTER}/default/user-canary`)
  await halftone.stop()
  await sandbox.stop()
  const of = (what: keyof Taken, part: number) => median(taken.map(each => quantile(each[what], part)))
  return [
    { name: 'p50', part: 0.5, most: P50_MS },
    { name: 'p99', part: 0.99, most: P99_MS },
  ].map(({ name, part, most }) => ({
    what: `PATCH → painted in Chromium, 10,000 pods, 20 changes/s, ${name}`,
    ours: `${of('painted', part).toFixed(1)} ms`,
    against: `raw watch event ${of('raw', part).toFixed(1)} ms`,
    ratio: (of('painted', part) / of('raw', part)).toFixed(2),
    must: `≤ ${most} ms`,
    ok: of('painted', part) <= most,
  }))
}
