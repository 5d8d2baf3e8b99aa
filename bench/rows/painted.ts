import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { inChromium } from '@/bench/run/browser'
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

/** For each change the time until its weight, or one of a later change, was painted. */
function waits(sent: readonly At[], painted: readonly At[]): number[] {
  const places = painted.map(({ weight, atMs }) => ({
    atMs,
    place: sent.findLastIndex(each => each.weight === weight && each.atMs < atMs),
  }))
  return sent.map(({ atMs }, index) => {
    const first = places.find(each => each.place >= index)
    return (first?.atMs ?? Number.POSITIVE_INFINITY) - atMs
  })
}

async function round(weights: Weights, painted: At[]): Promise<number[]> {
  const sent: At[] = []
  painted.length = 0
  const writes: Promise<void>[] = []
  await everyWeight(CHANGES, EVERY_MS, async weight => {
    sent.push({ weight, atMs: nowMs() })
    writes.push(weights.set(weight))
  })
  await Promise.all(writes)
  await wait(LAST_MS)
  return waits(sent, painted)
}

async function rounds(kubeconfig: string, url: string): Promise<number[][]> {
  const weights = openWeights(kubeconfig)
  const taken = await inChromium(async browser => {
    const page = await browser.newPage({ locale: 'en-GB' })
    await page.goto(url)
    await page.locator('.recharts-surface').first().waitFor()
    const painted = await hearPaints(page)
    await round(weights, painted)
    const all: number[][] = []
    for (let i = 0; i < ROUNDS; i += 1) all.push(await round(weights, painted))
    return all
  })
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
  const of = (part: number) => median(taken.map(each => quantile(each, part)))
  const row = (name: string, part: number, most: number): Row => ({
    what: `PATCH → painted in Chromium, 10,000 pods, 20 changes/s, ${name}`,
    ours: `${of(part).toFixed(1)} ms`,
    against: 'peers poll 60 s',
    ratio: '',
    must: `≤ ${most} ms`,
    ok: of(part) <= most,
  })
  return [row('p50', 0.5, P50_MS), row('p99', 0.99, P99_MS)]
}
