import { expect } from '@playwright/test'
import { catalogueOf } from '@/lib/language/catalogue'
import { Behind, CANARY } from '@/tests/e2e/behind'
import { test } from '@/tests/e2e/demo'
import { ANY, saying } from '@/tests/e2e/saying'
import { MADE, STOPPED } from '@/tests/e2e/starting'

test.use({ demoArgs: ['--release'] })

const say = catalogueOf('en')
const words = say.operation.image

/** The version a request with the one mark gets that reaches any parked canary. */
const parkedAnswer = async (gatewayUrl: string) =>
  (await fetch(`${gatewayUrl}/user`, { headers: { cookie: '=always' } })).text()

test('a fixed build in a release that has requests: it parks, takes the image, and stays parked', async ({
  page,
  demo,
}) => {
  test.setTimeout(180_000)
  const behind = new Behind(demo.kubeconfig)
  await behind.annotate(CANARY, { 'canary-weight': '20', 'canary-by-cookie': 'vip_user' })
  await page.goto(demo.pageOf('user-canary'))
  await expect(page.getByText(say.traffic.fact(20, 100))).toBeVisible()
  await page.getByRole('button', { name: words.act }).click()
  await page.getByLabel(words.field, { exact: true }).fill('nginx:user-v3')
  await page.getByRole('button', { name: words.confirm }).click()

  await expect(page.getByText(saying(words.done(ANY)))).toBeVisible(STOPPED)
  await expect(page.getByText(say.traffic.fact(0, 100))).toBeVisible()
  await expect(page.getByText('nginx:user-v3').first()).toBeVisible()
  expect((await demo.prove('user', 'parked: v1 only')).holds).toBe(true)
  expect(await parkedAnswer(demo.gatewayUrl)).toContain('user-v3')
  const containers = [{ image: 'nginx:user-v3' }]
  expect(await behind.read(MADE.deployment)).toMatchObject({ spec: { template: { spec: { containers } } } })
})
