import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, type Page } from '@playwright/test'
import { catalogueOf } from '@/lib/language/catalogue'
import { Behind, CANARY } from '@/tests/e2e/behind'
import { type Demo, test } from '@/tests/e2e/demo'
import { pathOf } from '@/tests/e2e/kubectl'

test.use({ demoArgs: ['--release'] })

const say = catalogueOf('en')
const words = say.trial
/** What the gateway does with a change is due within 5 s. */
const DUE = { timeout: 30_000 }

const panel = (page: Page) => page.getByRole('region', { name: words.heading })
const button = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true })
/** What the panel says of the request: which version it gets, or what came of it. */
const told = (page: Page, text: string) => panel(page).getByRole('status').filter({ hasText: text }).first()

/** The command that the panel shows, done by a shell. */
async function curled(page: Page): Promise<string> {
  const command = String(await panel(page).locator('pre').textContent())
  return (await promisify(execFile)('sh', ['-c', command])).stdout
}

const RULES = {
  'canary-by-header': 'role',
  'canary-by-header-value': 'test',
  'canary-by-cookie': 'vip_user',
}

const open = async (page: Page, { url, kubeconfig }: Demo, weight: string) => {
  await new Behind(kubeconfig).annotate(CANARY, { ...RULES, 'canary-weight': weight })
  await page.goto(`${url}/releases/sandbox/default/user-canary`)
  await expect(panel(page)).toBeVisible()
}

test('each rule is tried, told, sent for real and done as a command: all agree with what was predicted', async ({
  page,
  demo,
}) => {
  test.setTimeout(180_000)
  await open(page, demo, '0')
  for (const { preset, version } of [
    { preset: words.preset.header, version: 'user-v2' },
    { preset: words.preset.cookie, version: 'user-v2' },
    { preset: words.preset.none, version: 'user-v1' },
  ]) {
    await button(page, preset).click()
    await expect(told(page, words.always)).toContainText(version)
    if (pathOf('curl')) await expect.poll(() => curled(page), DUE).toContain(version)
    // Until a change is due its answers may differ, and the panel says so.
    await expect(async () => {
      await button(page, words.send).click()
      await expect(told(page, words.agrees)).toContainText(version, { timeout: 2_000 })
    }).toPass(DUE)
  }
})

test('by hand: the header beats the cookie; where the weight decides, one answer proves nothing', async ({
  page,
  demo,
}) => {
  await open(page, demo, '50')
  await panel(page).getByRole('button', { name: words.addCookie }).click()
  await panel(page).getByLabel(words.cookieName('1')).fill('vip_user')
  await panel(page).getByLabel(words.cookieValue('1')).fill('never')
  await expect(told(page, words.always)).toContainText('user-v1')
  await panel(page).getByRole('button', { name: words.addHeader }).click()
  await panel(page).getByLabel(words.headerName('1')).fill('role')
  await panel(page).getByLabel(words.headerValue('1')).fill('test')
  await expect(told(page, words.always)).toContainText('user-v2')
  await button(page, words.clear).click()
  await expect(told(page, 'user-v2')).toContainText('50 of 100')
  await button(page, words.send).click()
  await expect(told(page, words.provesNothing)).toContainText(/user-v[12]/)
})

test('the gateway is down: it was not answered, and that is not the canary’s fault', async ({
  page,
  demo,
}) => {
  await open(page, demo, '0')
  await demo.fault({ gateway: 'down' })
  await button(page, words.send).click()
  await expect(
    told(page, words.failed).or(told(page, say.shared.cannotMeasure['gateway-unreachable'])),
  ).toBeVisible()
  await expect(panel(page)).not.toContainText(words.agrees)
  await demo.fault({ gateway: 'up' })
})
