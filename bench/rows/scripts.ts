import { inChromium } from '@/bench/run/browser'
import { CLUSTER, startHalftone, startSandbox } from '@/bench/run/product'
import { scriptBytes } from '@/bench/run/scripts-loaded'
import type { Row } from '@/bench/table'

const [FIRST_KB, RELEASE_KB, HELLO_KB] = [190, 290, 115]

const row = (what: string, bytes: number, mostKB: number): Row => ({
  what,
  ours: `${Math.round(bytes / 1000)} kB`,
  against: `Next's hello ${HELLO_KB} kB`,
  ratio: (bytes / 1000 / HELLO_KB).toFixed(2),
  must: `≤ ${mostKB} kB`,
  ok: bytes <= mostKB * 1000,
})

/** What a browser loads of our scripts, as it would come compressed with brotli. */
export async function measure(): Promise<Row[]> {
  const sandbox = await startSandbox('--world', 'board')
  const halftone = await startHalftone(sandbox)
  try {
    return await inChromium(async browser => {
      const first = await scriptBytes(browser, `${halftone.url}/`, async page => {
        await page.getByText('/pay', { exact: true }).first().waitFor()
      })
      const url = `${halftone.url}/releases/${CLUSTER}/default/user-canary`
      const release = await scriptBytes(browser, url, async page => {
        await page.locator('.recharts-surface').first().waitFor()
      })
      return [
        row("first screen's JavaScript, brotli", first, FIRST_KB),
        row("release page's JavaScript with the chart, brotli", release, RELEASE_KB),
      ]
    })
  } finally {
    await halftone.stop()
    await sandbox.stop()
  }
}
