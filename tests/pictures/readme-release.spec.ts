import { expect } from '@playwright/test'
import { catalogueOf } from '@/lib/language/catalogue'
import { Behind, CANARY } from '@/tests/e2e/behind'
import { test } from '@/tests/e2e/demo'
import { draw, WIDTH } from '@/tests/pictures/draw'

const say = catalogueOf('en')

test.use({ demoArgs: ['--release'], viewport: { width: WIDTH, height: 1000 } })

/** Of `npm run pictures`. */
test('the release page at weight 20, with both rules, proven', async ({ page, demo }) => {
  test.setTimeout(600_000)
  const proven = page
    .getByRole('row')
    .filter({ hasText: say.proof.lane.everyone })
    .filter({ hasText: say.shared.verdict['as-configured'] })
  const behind = new Behind(demo.kubeconfig)
  await behind.annotate(CANARY, {
    'canary-by-header': 'role',
    'canary-by-header-value': 'test',
    'canary-by-cookie': 'vip_user',
  })
  await page.goto(`${demo.url}/releases/sandbox/default/user-canary?window=5`)
  await expect(proven).toBeVisible({ timeout: 120_000 })
  for (const [from, to] of [
    ['0', '5'],
    ['5', '20'],
  ] as const) {
    await page
      .getByRole('group', { name: say.traffic.steps })
      .getByRole('button', { name: to, exact: true })
      .click()
    await page.getByRole('button', { name: say.traffic.apply(from, to) }).click()
    await expect(page.getByText(say.traffic.fact(Number(to), 100))).toBeVisible()
    await expect(proven).toBeVisible({ timeout: 240_000 })
  }
  const lanes = page.getByRole('row').filter({ hasText: say.shared.verdict['as-configured'] })
  await expect(lanes).toHaveCount(3, { timeout: 240_000 })
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: WIDTH, height })
  await draw(page, 'release')
})
