import { expect } from '@playwright/test'
import { test } from '@/tests/e2e/demo'
import { draw, WIDTH } from '@/tests/pictures/draw'

test.use({ demoArgs: ['--world', 'board'], viewport: { width: WIDTH, height: 1200 } })

/** Of `npm run pictures`. */
test('the board with releases in every state', async ({ page, demo }) => {
  await page.goto(demo.url)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/\d/)
  await draw(page, 'board')
})
