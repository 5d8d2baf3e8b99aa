import { expect, type Page } from '@playwright/test'
import { catalogueOf } from '@/lib/language/catalogue'
import type { Language } from '@/lib/language/language'
import { test } from '@/tests/e2e/either'
import { type Hands, keyboard, mouse } from '@/tests/e2e/hands'
import { ANY, saying } from '@/tests/e2e/saying'
import type { Target } from '@/tests/e2e/target'

/** Samples need their time: T, then enough answers to tell the new weight from the old. */
const PROVEN = { timeout: 60_000 }

/**
 * Steps 2–5 of the reference story through the UI alone. Each claim of the screen is then put to the independent client
 * at the gateway: the screen may be late, it may never be early.
 */
async function story(page: Page, target: Target, language: Language, handsOf: typeof mouse): Promise<void> {
  const say = catalogueOf(language)
  const hands: Hands = handsOf(page, say)
  const holds = async (claim: string) => expect((await target.prove(claim)).holds, claim).toBe(true)
  const inEffect = () =>
    expect(page.getByText(saying(say.traffic.inEffect['in-effect'](ANY)))).toBeVisible(PROVEN)

  await test.step('parked: everyone is on v1, and the screen says so', async () => {
    await expect(page.getByRole('heading', { level: 1 })).toContainText('user-v1')
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

test('a canary made with kubectl appears on an open board by itself, and leads to its page', async ({
  page,
  target,
}) => {
  await page.goto(target.url)
  await expect(page.getByText('/pay')).toBeVisible()
  await target.makeRelease()
  const row = page.getByRole('link', { name: '/user' })
  await expect(row).toBeVisible()
  await row.click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('user-v1')
})

/** Each story stands alone: the release is there already, unless the one before has failed. */
async function open(page: Page, target: Target): Promise<void> {
  test.setTimeout(240_000)
  await target.makeRelease()
  await page.goto(target.pageOf('user-canary'))
}

test('the reference story with the mouse, in English', async ({ page, target }) => {
  await open(page, target)
  await story(page, target, 'en', mouse)
})

test('the reference story by keyboard alone', async ({ page, target }) => {
  await open(page, target)
  await story(page, target, 'en', keyboard)
})

test.describe('in 中文', () => {
  test.use({ locale: 'zh-CN' })
  test('the reference story with the mouse, in 中文', async ({ page, target }) => {
    await open(page, target)
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
    await story(page, target, 'zh-CN', mouse)
  })
})

/** The well-known tutorial's canary: a rule without a path, and a default backend. */
const TUTORIAL = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: {
    name: 'tutorial-canary',
    namespace: 'default',
    annotations: {
      'nginx.ingress.kubernetes.io/canary': 'true',
      'nginx.ingress.kubernetes.io/canary-weight': '20',
    },
  },
  spec: {
    ingressClassName: 'nginx',
    defaultBackend: { service: { name: 'service-tutorial', port: { number: 80 } } },
    rules: [
      {
        http: {
          paths: [
            {
              pathType: 'ImplementationSpecific',
              backend: { service: { name: 'service-tutorial', port: { number: 80 } } },
            },
          ],
        },
      },
    ],
  },
}

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
