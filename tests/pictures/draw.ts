import type { Page } from '@playwright/test'

/** Units: pixels, the width of the pictures in the READMEs. */
export const WIDTH = 1440

/** Draws what the page shows now into docs/pictures, light and dark. */
export async function draw(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `docs/pictures/${name}-${colorScheme}.png`, animations: 'disabled' })
  }
}
