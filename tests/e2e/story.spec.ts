import { expect, type Page } from '@playwright/test'
import { type Catalogue, catalogueOf } from '@/lib/language/catalogue'
import type { Language } from '@/lib/language/language'
import { test } from '@/tests/e2e/either'
import { type Hands, keyboard, mouse } from '@/tests/e2e/hands'
import type { App } from '@/tests/e2e/proof'
import { ANY, saying } from '@/tests/e2e/saying'
import type { Target } from '@/tests/e2e/target'
import { TUTORIAL } from '@/tests/e2e/tutorial'

/** Samples need their time: T, then enough answers to tell the new weight from the old. */
const PROVEN = { timeout: 60_000 }
/** Pods need theirs, then the first answer through the gateway. */
const STARTED = { timeout: 120_000 }

type Telling = {
  target: Target
  app: App
  language: Language
  handsOf: (page: Page, say: Catalogue) => Hands
}

/**
 * Steps 1–5 of the reference story through the UI alone, from a world in which no release was ever made. Each claim of the
 * screen is put to the independent client at the gateway: the screen may be late, it may never be early.
 */
async function story(page: Page, { target, app, language, handsOf }: Telling): Promise<void> {
  const say = catalogueOf(language)
  const hands: Hands = handsOf(page, say)
  const holds = async (claim: string) => expect((await target.prove(app, claim)).holds, claim).toBe(true)
  const inEffect = () =>
    expect(page.getByText(saying(say.traffic.inEffect['in-effect'](ANY)))).toBeVisible(PROVEN)

  await test.step('start: from the board to proven reachable, and no request gets v2 by that', async () => {
    await page.goto(target.url)
    const { holds: isProven, results } = await target.proveMeanwhile(app, 'v1 only', async () => {
      await hands.start(`/${app}`, `nginx:${app}-v2`)
      const done = say.operation.head.start.done(`${app}-canary`)
      await expect(page.getByRole('heading', { name: done })).toBeVisible(STARTED)
    })
    expect(isProven).toBe(true)
    expect(results[0]?.sent).toBeGreaterThan(50)
    const proven = { name: `${app}-canary`, image: '', ready: '', replicas: '' }
    await expect(page.getByText(say.operation.step.reachable(proven, 'done'))).toBeVisible()
    await hands.toRelease()
  })
  await test.step('parked: everyone is on v1, and the screen says so', async () => {
    await expect(page).toHaveURL(target.pageOf(`${app}-canary`))
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`${app}-v1`)
    await inEffect()
    await holds('parked: v1 only')
  })
  await test.step('the cookie lets a tester in', async () => {
    await hands.cookieRule('vip_user')
    await expect(page.getByText('vip_user=always').first()).toBeVisible()
    await inEffect()
    await holds('cookie: v2')
  })
  await test.step('the header lets a tester in', async () => {
    await hands.headerRule('role', 'test')
    await expect(page.getByText('role: test').first()).toBeVisible()
    await inEffect()
    await holds('header: v2')
  })
  await test.step('half of the unmarked requests get v2; header beats cookie beats weight', async () => {
    await hands.weight(50)
    await expect(page.getByText(say.traffic.fact(50, 100))).toBeVisible()
    await inEffect()
    await holds('weight 50')
    await holds('header > cookie > weight')
  })
  await test.step('one click back, proven on the screen and at the gateway', async () => {
    await hands.rollBack()
    await expect(page.getByText(saying(say.release.rollBack.proven(ANY, ANY)))).toBeVisible(PROVEN)
    await holds('rolled back: v1 only')
  })
}

/** Each test stands alone: whatever the one before has left is taken away, but for the releases that are beside. */
const begin = async (target: Target, stories = 1) => {
  test.setTimeout(stories * 300_000)
  await target.clearAway()
}

test('the reference story with the mouse, in English; then again for /pay beside it', async ({
  page,
  target,
}) => {
  await begin(target, 2)
  await story(page, { target, app: 'user', language: 'en', handsOf: mouse })
  await story(page, { target, app: 'pay', language: 'en', handsOf: mouse })
  expect((await target.prove('user', 'rolled back: v1 only')).holds).toBe(true)
})

test('the reference story by keyboard alone', async ({ page, target }) => {
  await begin(target)
  await story(page, { target, app: 'user', language: 'en', handsOf: keyboard })
})

test.describe('in 中文', () => {
  test.use({ locale: 'zh-CN' })
  test('the reference story with the mouse, in 中文', async ({ page, target }) => {
    await begin(target)
    await page.goto(target.url)
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
    await story(page, { target, app: 'user', language: 'zh-CN', handsOf: mouse })
  })
})

test('a canary made with kubectl appears on an open board by itself, and leads to its page', async ({
  page,
  target,
}) => {
  await begin(target)
  await page.goto(target.url)
  await expect(page.getByText('/pay')).toBeVisible()
  await target.makeRelease()
  const row = page.getByRole('link', { name: '/user', exact: true })
  await expect(row).toBeVisible()
  await row.click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('user-v1')
})

test('the dead form of the tutorial appears on the open board as dead, with the reason', async ({
  page,
  target,
}) => {
  await page.goto(target.url)
  await expect(page.getByText('/pay')).toBeVisible()
  await target.apply([TUTORIAL])
  const say = catalogueOf('en')
  const row = page
    .getByRole('listitem')
    .filter({ hasText: 'tutorial' })
    .or(page.getByRole('article').filter({ hasText: 'tutorial' }))
  await expect(row.first()).toContainText(say.board.noEffect)
  await page.goto(target.pageOf('tutorial-canary'))
  await page.getByRole('button', { name: say.release.findings.open }).first().click()
  await expect(page.getByText(say.shared.why, { exact: true }).first()).toBeVisible()
})
