import { type Browser, chromium } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from '@/scripts/chromium.mjs'

/** Runs something with a Chromium of its own, and ends it. */
export async function inChromium<T>(act: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_FLAGS })
  try {
    return await act(browser)
  } finally {
    await browser.close()
  }
}
