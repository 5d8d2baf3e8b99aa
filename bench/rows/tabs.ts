import { setTimeout as wait } from 'node:timers/promises'
import type { Browser } from '@playwright/test'
import { inChromium } from '@/bench/run/browser'
import { CLUSTER, type Sandbox, startHalftone, startSandbox } from '@/bench/run/product'
import { median } from '@/bench/statistics'
import type { Row } from '@/bench/table'

const [PAIRS, WINDOW_MS] = [5, 5_000]

async function requestsOfHalftone({ adminUrl }: Sandbox): Promise<number> {
  const { halftone }: { halftone: number } = await (await fetch(`${adminUrl}/requests`)).json()
  return halftone
}

/** How many requests Halftone sends in a window that begins right after one of its steady `/readyz`. */
async function requestsDuring(sandbox: Sandbox, act: () => Promise<unknown>): Promise<number> {
  const before = await requestsOfHalftone(sandbox)
  while ((await requestsOfHalftone(sandbox)) === before) await wait(20)
  const [first] = [await requestsOfHalftone(sandbox)]
  await Promise.all([wait(WINDOW_MS), act()])
  return (await requestsOfHalftone(sandbox)) - first
}

async function pairs(sandbox: Sandbox, browser: Browser, url: string) {
  const open = async () => {
    const page = await browser.newPage()
    await page.goto(url)
    await page.getByRole('button', { name: 'Roll back' }).waitFor()
  }
  await open()
  await wait(WINDOW_MS)
  const [more, idle]: [number[], number[]] = [[], []]
  for (let pair = 0; pair < PAIRS; pair += 1) {
    idle.push(await requestsDuring(sandbox, async () => undefined))
    more.push(await requestsDuring(sandbox, open))
  }
  return { more, idle }
}

/** What a further open tab costs the API server, beside the same time without one. */
export async function measure(): Promise<Row[]> {
  const sandbox = await startSandbox('--world', 'board')
  const halftone = await startHalftone(sandbox)
  const url = `${halftone.url}/releases/${CLUSTER}/default/user-canary`
  const { more, idle } = await inChromium(browser => pairs(sandbox, browser, url))
  await halftone.stop()
  await sandbox.stop()
  const further = median(more.map((count, pair) => count - (idle[pair] ?? Number.NaN)))
  return [
    {
      what: `a further tab: further API-server requests in ${WINDOW_MS / 1000} s`,
      ours: String(further),
      against: `${median(more)} beside ${median(idle)} without (readyz)`,
      ratio: '',
      must: '0',
      ok: further === 0,
    },
  ]
}
