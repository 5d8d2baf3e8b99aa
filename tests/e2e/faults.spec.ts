import { expect, type Page } from '@playwright/test'
import { catalogueOf } from '@/lib/language/catalogue'
import { Behind, CANARY, ORDINARY, SOMEBODY } from '@/tests/e2e/behind'
import { type Demo, test } from '@/tests/e2e/demo'
import { ANY, saying } from '@/tests/e2e/saying'

const PAGE = '/releases/sandbox/default/user-canary'
const say = catalogueOf('en')
/** Samples need their time: T, then answers. */
const MEASURED = { timeout: 60_000 }
const NO_RULES = {
  'canary-by-header': null,
  'canary-by-header-value': null,
  'canary-by-header-pattern': null,
  'canary-by-cookie': null,
}

test.use({ demoArgs: ['--release'] })

const open = async (page: Page, demo: Demo) => {
  await page.goto(demo.url + PAGE)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('/user')
}
const step = (page: Page, weight: number) =>
  page
    .getByRole('group', { name: say.traffic.steps })
    .getByRole('button', { name: String(weight), exact: true })
const fact = (page: Page, weight: number) => page.getByText(say.traffic.fact(weight, 100))

let behind: Behind
test.beforeEach(async ({ demo }) => {
  behind = new Behind(demo.kubeconfig)
  await demo.fault({ reset: true })
  await demo.makeRelease()
  await behind.annotate(CANARY, { 'canary-weight': '0', ...NO_RULES })
})

test.describe('the cluster', () => {
  test('all watches cut: what happened meanwhile is on the board, and nothing else', async ({
    page,
    demo,
  }) => {
    const names = page.getByRole('link', { name: /^\/(user|pay)/ })
    await page.goto(demo.url)
    await expect(names).toHaveCount(1)
    await demo.fault({ watches: 'cut', delayMs: 300 })
    await behind.remove(CANARY)
    await demo.apply([PAY])
    await expect(page.getByRole('link', { name: '/pay', exact: true })).toBeVisible()
    await expect(names).toHaveCount(1)
    const { canaries } = await toldBy(demo)
    expect(canaries).toEqual(await behind.canaries())
    await behind.remove(CANARY.replace('user-', 'pay-'))
    await expect(names).toHaveCount(0)
  })

  test('black-holed: stale since, Apply off with its reason, Roll back not; then live again', async ({
    page,
    demo,
  }) => {
    await open(page, demo)
    await step(page, 20).click()
    const apply = page.getByRole('button', { name: say.traffic.apply('0', '20') })
    const rollBack = page.getByRole('button', { name: say.release.rollBack.act })
    const stale = page.getByText(saying(say.shared.staleSince(ANY, ANY)))
    await expect(apply).toBeEnabled()
    await demo.fault({ blackhole: 'all' })
    await expect(stale).toBeVisible()
    await expect(apply).toBeDisabled()
    await expect(page.getByText(say.traffic.offStale).first()).toBeVisible()
    await expect(rollBack).toBeEnabled()
    await demo.fault({ blackhole: null })
    await expect(stale).toBeHidden()
    await expect(apply).toBeEnabled()
    await apply.click()
    await expect(fact(page, 20)).toBeVisible()
  })

  test('somebody else changes the weight under a draft: who and what, the draft stays, asked again', async ({
    page,
    demo,
  }) => {
    await open(page, demo)
    await step(page, 50).click()
    await behind.annotate(CANARY, { 'canary-weight': '10' })
    const strip = page.getByRole('alert').filter({ hasText: say.traffic.someoneElse.keep('50') })
    await expect(strip).toContainText(say.traffic.someoneElse.head(SOMEBODY, '0', '10'))
    await expect(fact(page, 10)).toBeVisible()
    await strip.getByRole('button', { name: say.traffic.apply('10', '50') }).click()
    await expect(fact(page, 50)).toBeVisible()
    await expect(strip).toBeHidden()
  })

  test('the canary Ingress is deleted under the page: it says so, and takes it back when it returns', async ({
    page,
    demo,
  }) => {
    await open(page, demo)
    await behind.remove(CANARY)
    await expect(page.getByRole('heading', { name: say.release.gone.title })).toBeVisible()
    await demo.makeRelease()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('/user')
  })

  test('pods may not be read: that part says so, the rest works', async ({ page, demo }) => {
    await demo.fault({ deny: { verb: '*', kind: 'pods' }, watches: 'cut' })
    await open(page, demo)
    await expect(page.getByText(say.shared.unreadable('pods', 'sandbox'))).toBeVisible()
    await expect(page.getByText(say.shared.unreadableWhy('forbidden'))).toBeVisible()
    await step(page, 5).click()
    await page.getByRole('button', { name: say.traffic.apply('0', '5') }).click()
    await expect(fact(page, 5)).toBeVisible()
    await demo.fault({ reset: true })
  })
})

test.describe('what cannot be measured is never the canary’s fault', () => {
  const everyone = (page: Page) => page.getByRole('row').filter({ hasText: say.proof.lane.everyone })
  /** Notes for good if the page ever accuses the canary. */
  const watchForAccusation = (page: Page) =>
    page.evaluate(words => {
      const look = () => {
        if (document.getElementById('content')?.textContent?.includes(words))
          document.body.dataset.accused = 'yes'
      }
      new MutationObserver(look).observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
      })
    }, say.shared.verdict['not-as-configured'])

  const expectUnmeasured = async (page: Page, why: string) => {
    await expect(everyone(page)).toContainText(say.shared.verdict['cannot-measure'], MEASURED)
    await expect(everyone(page)).toContainText(why)
    await expect(page.locator('body')).not.toHaveAttribute('data-accused')
  }

  // Each its own weight, so that no test sees what the one before has proven.
  let weight = 40
  test.beforeEach(async () => {
    weight += 2
    await behind.annotate(CANARY, { 'canary-weight': String(weight) })
  })

  test('the gateway is down', async ({ page, demo }) => {
    test.setTimeout(200_000)
    await open(page, demo)
    await watchForAccusation(page)
    await expect(everyone(page)).toContainText(say.shared.verdict['not-enough-yet'], MEASURED)
    await demo.fault({ gateway: 'down' })
    await expectUnmeasured(page, say.shared.cannotMeasure['gateway-unreachable'])
    await demo.fault({ gateway: 'up' })
    await expect(everyone(page)).not.toContainText(say.shared.verdict['cannot-measure'], MEASURED)
    await expect(page.locator('body')).not.toHaveAttribute('data-accused')
  })

  const { 'unknown-answers': unknown, 'asks-for-login': login } = say.shared.cannotMeasure
  const { unknownShare, errorShare } = say.proof.verdictSays
  for (const { what, environment, why, figure } of [
    { what: 'hangs', environment: { HANG: 'true' }, why: unknown, figure: errorShare(ANY) },
    { what: 'answers 500', environment: { ERROR_RATE: '1' }, why: unknown, figure: errorShare(ANY) },
    {
      what: 'answers a text nobody knows',
      environment: { ANSWER: 'good day' },
      why: unknown,
      figure: unknownShare(ANY),
    },
    { what: 'asks for a login', environment: { LOGIN: 'true' }, why: login, figure: '' },
  ]) {
    test(`v2 ${what}`, async ({ page, demo }) => {
      test.setTimeout(200_000)
      await behind.environmentOfV2(environment)
      await open(page, demo)
      await watchForAccusation(page)
      await expectUnmeasured(page, why)
      await expect(everyone(page)).toContainText(saying(figure))
      await behind.environmentOfV2({})
    })
  }

  test('the gateway redirects to https', async ({ page, demo }) => {
    await behind.annotate(ORDINARY, { 'force-ssl-redirect': 'true' })
    await open(page, demo)
    await watchForAccusation(page)
    await expectUnmeasured(page, say.shared.cannotMeasure['redirects-to-https'])
    await behind.annotate(ORDINARY, { 'force-ssl-redirect': null })
  })
})

test('a tab that is hidden for a minute closes its stream, and shows what is true when it is back', async ({
  page,
  demo,
}) => {
  await page.clock.install()
  const closed = page.waitForEvent('requestfailed', request => request.url().includes('/api/stream'))
  await open(page, demo)
  await show(page, false)
  await page.clock.fastForward(61_000)
  await closed
  await behind.annotate(CANARY, { 'canary-weight': '20' })
  const reopened = page.waitForRequest(request => request.url().includes('/api/stream'))
  await expect(fact(page, 0)).toBeVisible()
  await show(page, true)
  await reopened
  await expect(fact(page, 20)).toBeVisible()
})

const show = (page: Page, shown: boolean) =>
  page.evaluate(visible => {
    Object.defineProperty(document, 'hidden', { value: !visible, configurable: true })
    Object.defineProperty(document, 'visibilityState', {
      value: visible ? 'visible' : 'hidden',
      configurable: true,
    })
    document.dispatchEvent(new Event('visibilitychange'))
  }, shown)

/** What Halftone's API says now. */
async function toldBy(demo: Demo): Promise<{ canaries: string[] }> {
  const releases: { id: { name: string } }[] = JSON.parse(
    await (await fetch(`${demo.url}/api/clusters/sandbox/releases`)).text(),
  )
  return { canaries: releases.map(({ id }) => id.name).sort() }
}

const PAY = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: {
    name: 'pay-canary',
    namespace: 'default',
    annotations: {
      'nginx.ingress.kubernetes.io/canary': 'true',
      'nginx.ingress.kubernetes.io/canary-weight': '0',
    },
  },
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        http: {
          paths: [
            {
              path: '/pay',
              pathType: 'Prefix',
              backend: { service: { name: 'service-user-v1', port: { number: 80 } } },
            },
          ],
        },
      },
    ],
  },
}
