import { brotliCompressSync } from 'node:zlib'
import type { Browser, Page } from '@playwright/test'

/**
 * All scripts a browser with an empty cache loads for a page until `seen` is on it and nothing more comes.
 * Units: bytes, each script compressed with brotli at its best.
 */
export async function scriptBytes(
  browser: Browser,
  url: string,
  seen: (page: Page) => Promise<void>,
): Promise<number> {
  const page = await browser.newPage({ locale: 'en-GB' })
  const bodies: Promise<Buffer>[] = []
  page.on('response', response => {
    if (response.request().resourceType() === 'script') bodies.push(response.body())
  })
  try {
    await page.goto(url)
    await seen(page)
    let known = -1
    while (known !== bodies.length) {
      known = bodies.length
      await page.evaluate(() => new Promise(done => requestIdleCallback(done)))
      await Promise.all(bodies)
    }
    return (await Promise.all(bodies)).reduce((sum, body) => sum + brotliCompressSync(body).length, 0)
  } finally {
    await page.close()
  }
}
