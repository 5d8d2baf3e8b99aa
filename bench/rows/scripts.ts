import { inChromium } from '@/bench/run/browser'
import { CLUSTER, startHalftone, startSandbox } from '@/bench/run/product'
import { scriptBytes } from '@/bench/run/scripts-loaded'
import type { Row } from '@/bench/table'

const [FIRST_BYTES, START_BYTES, RELEASE_BYTES, HELLO_BYTES] = [190_000, 190_000, 290_000, 115_000]

/** What a page loads and what it may load. Units: bytes of scripts, compressed with brotli. */
export type Budget = { what: string; bytes: number; most: number }

/** What a browser with an empty cache loads of our scripts, on the board, where a release is started, and on a release with its chart. */
export async function budgets(): Promise<Budget[]> {
  const sandbox = await startSandbox('--world', 'board')
  const halftone = await startHalftone(sandbox)
  try {
    return await inChromium(async browser => {
      const first = await scriptBytes(browser, `${halftone.url}/`, page =>
        page.getByText('/pay', { exact: true }).first().waitFor(),
      )
      const start = await scriptBytes(browser, `${halftone.url}/releases/new`, page =>
        page.getByRole('button', { name: '/pay' }).first().waitFor(),
      )
      const url = `${halftone.url}/releases/${CLUSTER}/default/user-canary`
      const release = await scriptBytes(browser, url, page =>
        page.locator('.recharts-surface').first().waitFor(),
      )
      return [
        { what: "first screen's JavaScript, brotli", bytes: first, most: FIRST_BYTES },
        { what: 'JavaScript of the page that starts a release, brotli', bytes: start, most: START_BYTES },
        { what: "release page's JavaScript with the chart, brotli", bytes: release, most: RELEASE_BYTES },
      ]
    })
  } finally {
    await halftone.stop()
    await sandbox.stop()
  }
}

/** What a browser loads of our scripts, beside an empty page of Next's. */
export async function measure(): Promise<Row[]> {
  return (await budgets()).map(({ what, bytes, most }) => ({
    what,
    ours: `${Math.round(bytes / 1000)} kB`,
    against: `Next's hello ${HELLO_BYTES / 1000} kB`,
    ratio: (bytes / HELLO_BYTES).toFixed(2),
    must: `≤ ${most / 1000} kB`,
    ok: bytes <= most,
  }))
}
