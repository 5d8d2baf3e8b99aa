import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { inChromium } from '@/bench/run/browser'
import { CLUSTER, startHalftone, startSandbox } from '@/bench/run/product'
import { openWeights, type Weights } from '@/bench/run/weights'
import { quantile } from '@/bench/statistics'
import type { Row } from '@/bench/table'
import type { Samples } from '@/lib/domain/model/samples'

const [PODS, TIMES, WEIGHT, IN_EFFECT_MS, PROVEN_MS] = [10, 12, 50, 60_000, 60_000]

async function untilInEffect(samplesUrl: string): Promise<void> {
  const deadline = AbortSignal.timeout(IN_EFFECT_MS)
  while (!deadline.aborted) {
    const { inEffect, lanes }: Samples = await (await fetch(samplesUrl)).json()
    if (inEffect && lanes.some(({ expected }) => expected === WEIGHT / 100)) return
    await wait(100)
  }
  throw new Error(`weight ${WEIGHT} was not proven within a minute`)
}

/** From the click in the page to the page's word that answers have proven it. Units: milliseconds. */
async function confirmToProven(page: Page): Promise<number> {
  const proven = page.waitForEvent('console', {
    predicate: message => message.text().startsWith('proven '),
    timeout: PROVEN_MS,
  })
  await page.evaluate(() => {
    document.addEventListener(
      'click',
      ({ timeStamp }) => {
        const observer = new MutationObserver(() => {
          if (!/and proven after/.test(document.body.textContent ?? '')) return
          observer.disconnect()
          requestAnimationFrame(() => console.debug(`proven ${performance.now() - timeStamp}`))
        })
        observer.observe(document.body, { subtree: true, childList: true, characterData: true })
      },
      { capture: true, once: true },
    )
  })
  await page.getByRole('button', { name: 'Roll back now' }).click()
  return Number((await proven).text().split(' ')[1])
}

async function rollBacks(weights: Weights, url: string, path: string): Promise<number[]> {
  return inChromium(async browser => {
    const page = await browser.newPage({ locale: 'en-GB' })
    await page.goto(url + path)
    const taken: number[] = []
    for (let time = 0; time < TIMES; time += 1) {
      await weights.set(WEIGHT)
      await page.getByText(`Weight ${WEIGHT} of`).first().waitFor()
      await untilInEffect(`${url}/api/clusters/${CLUSTER}/releases/default/user-canary/samples`)
      await page.getByRole('button', { name: 'Roll back' }).click()
      taken.push(await confirmToProven(page))
    }
    return taken
  })
}

/** How long a release manager waits between confirming a rollback and its proof, with the controller's real delays. */
export async function measure(): Promise<Row[]> {
  const sandbox = await startSandbox('--world', 'scale', '--pods', String(PODS))
  const halftone = await startHalftone(sandbox)
  const weights = openWeights(sandbox.kubeconfig)
  const taken = await rollBacks(weights, halftone.url, `/releases/${CLUSTER}/default/user-canary`)
  await weights.close()
  await halftone.stop()
  await sandbox.stop()
  const seconds = (part: number) => `${(quantile(taken, part) / 1000).toFixed(1)} s`
  return [
    {
      what: `confirming click → proven rollback from weight ${WEIGHT}, p50 of ${TIMES}`,
      ours: seconds(0.5),
      against: `fastest ${seconds(0)}`,
      ratio: '',
      must: '',
      ok: null,
    },
    {
      what: 'the same, p99',
      ours: seconds(0.99),
      against: '',
      ratio: '',
      must: '',
      ok: null,
    },
  ]
}
