import { expect } from '@playwright/test'
import { catalogueOf } from '@/lib/language/catalogue'
import { Behind } from '@/tests/e2e/behind'
import { test } from '@/tests/e2e/demo'
import { mouse } from '@/tests/e2e/hands'
import { isMade, MADE, NOTHING, STOPPED, workHead } from '@/tests/e2e/starting'

test.use({ demoArgs: ['--world', 'wide'] })

const say = catalogueOf('en')

test('a Service that is for all versions: refused with the reason and the mend; mended, it starts', async ({
  page,
  demo,
}) => {
  test.setTimeout(180_000)
  const behind = new Behind(demo.kubeconfig)
  const hands = mouse(page, say)
  await page.goto(demo.url)
  await hands.version('/user', 'nginx:user-v2')
  const told = page.getByRole('alert').filter({ hasText: 'service-user-v1' })
  await expect(told).toContainText('Service service-user-v1 selects')
  await expect(told).toContainText('Add version: v1 to the selector of Service service-user-v1')
  await expect(page.getByRole('button', { name: say.start.review.create })).toBeHidden()
  expect(await isMade(behind)).toEqual(NOTHING)

  await behind.merge('/api/v1/namespaces/default/services/service-user-v1', {
    spec: { selector: { app: 'user', version: 'v1' } },
  })
  await page.goto(demo.url)
  await hands.start('/user', 'nginx:user-v2')
  await expect(workHead(page, 'start', 'done')).toBeVisible(STOPPED)
  const selector = { app: 'user-v2', version: 'v2' }
  expect(await behind.read(MADE.service)).toMatchObject({ spec: { selector } })
  expect((await demo.prove('user', 'parked: v1 only')).holds).toBe(true)
})
