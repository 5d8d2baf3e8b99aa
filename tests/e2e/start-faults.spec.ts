import { expect, type Page } from '@playwright/test'
import { catalogueOf } from '@/lib/language/catalogue'
import { referenceWorld } from '@/sandbox/world/reference'
import { Behind, ORDINARY } from '@/tests/e2e/behind'
import { type Demo, test } from '@/tests/e2e/demo'
import { mouse } from '@/tests/e2e/hands'
import { isMade, MADE, NOTHING, STOPPED, stoppedSteps, workHead } from '@/tests/e2e/starting'

const say = catalogueOf('en')
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: false })
const start = async (page: Page, { url }: Pick<Demo, 'url'>, image = 'nginx:user-v2') => {
  await page.goto(url)
  await mouse(page, say).start('/user', image)
}
let behind: Behind
test.beforeEach(async ({ demo }) => {
  test.setTimeout(180_000)
  behind = new Behind(demo.kubeconfig)
  await demo.fault({ reset: true })
  await demo.clearAway()
})
test.afterAll(({ demo }) => demo.fault({ reset: true }))

test('an image that does not exist: the step says which pod and why; removed, nothing is left', async ({
  page,
  demo,
}) => {
  const { holds } = await demo.proveMeanwhile('user', 'v1 only', async () => {
    await start(page, demo, 'nginx:no-such-build')
    await expect(workHead(page, 'start', 'failed')).toBeVisible(STOPPED)
  })
  expect(holds).toBe(true)
  const steps = stoppedSteps(page)
  await expect(steps).toContainText('ImagePullBackOff')
  await expect(steps).toContainText(/user-v2-[a-z0-9]+-[a-z0-9]{5}/)
  expect(await isMade(behind)).toEqual({ deployment: true, service: true, ingress: false })

  await button(page, say.operation.remove.act).click()
  await button(page, say.operation.remove.confirm).click()
  await expect(workHead(page, 'remove', 'done')).toBeVisible(STOPPED)
  expect(await isMade(behind)).toEqual(NOTHING)
})

for (const { end, kind, made } of [
  { end: 'webhook', kind: 'Deployment', made: NOTHING },
  { end: 'quota', kind: 'Service', made: { ...NOTHING, deployment: true } },
  { end: 'rbac', kind: 'Ingress', made: { ...NOTHING, deployment: true, service: true } },
]) {
  test(`${kind} refused (${end}): it stops there, says why, and goes on when asked again`, async ({
    page,
    demo,
  }) => {
    // The first creation that is no dry run: the review has let it through.
    await demo.fault({ writes: { end, kind, at: 1, message: 'not on a Thursday' } })
    await start(page, demo)
    await expect(workHead(page, 'start', 'failed')).toBeVisible(STOPPED)
    const why = { webhook: 'not on a Thursday', quota: 'exceeded quota', rbac: 'cannot create' }[end] ?? ''
    await expect(page.getByText(why).first()).toBeVisible()
    expect(await isMade(behind)).toEqual(made)
    const uid = made.deployment ? await behind.uidOf(MADE.deployment) : ''
    await button(page, say.operation.retry).click()
    await expect(workHead(page, 'start', 'done')).toBeVisible(STOPPED)
    if (uid) expect(await behind.uidOf(MADE.deployment)).toBe(uid)
  })
}

test('pods that no node takes: their reason is told while it waits; with room it comes to its end', async ({
  page,
  demo,
}) => {
  await demo.fault({ node: 'full' })
  await start(page, demo)
  await expect(page.getByText('Unschedulable').first()).toBeVisible()
  await demo.fault({ node: 'free' })
  await expect(workHead(page, 'start', 'done')).toBeVisible(STOPPED)
})

test('the ordinary Ingress is deleted between review and Create: told so, and nothing can be created', async ({
  page,
  demo,
}) => {
  await page.goto(demo.url)
  await mouse(page, say).review('/user', 'nginx:user-v2')
  await behind.remove(ORDINARY)
  await expect(page.getByText(say.start.route.gone).first()).toBeVisible()
  await expect(button(page, say.start.review.create)).toBeDisabled()
  expect(await isMade(behind)).toEqual(NOTHING)
  await demo.apply(referenceWorld().filter(({ metadata }) => metadata.name === 'nginx-ingress'))
})
