import { expect, test } from '@playwright/test'
import { type Halftone, startHalftone, startSandbox } from '@/bench/run/product'
import { catalogueOf } from '@/lib/language/catalogue'
import { Behind } from '@/tests/e2e/behind'
import { mouse } from '@/tests/e2e/hands'
import { proveMeanwhile } from '@/tests/e2e/proof'

const say = catalogueOf('en')
const DONE = { timeout: 60_000 }
const DEPLOYMENT = '/apis/apps/v1/namespaces/default/deployments/user-v2'
const SERVICE = '/api/v1/namespaces/default/services/service-user-v2'

test('Halftone is killed while pods start: half-started on the board, continued, done; nothing twice', async ({
  page,
}) => {
  test.setTimeout(240_000)
  const sandbox = await startSandbox('--world', 'default')
  const behind = new Behind(sandbox.kubeconfig)
  const node = (state: 'full' | 'free') =>
    fetch(`${sandbox.adminUrl}/faults`, { method: 'POST', body: JSON.stringify({ node: state }) })
  let halftone: Halftone | undefined = await startHalftone(sandbox)
  try {
    const { holds } = await proveMeanwhile(sandbox.gatewayUrl, 'user', 'v1 only', async () => {
      await node('full')
      await page.goto(halftone?.url ?? '')
      await mouse(page, say).start('/user', 'nginx:user-v2')
      await expect(page.getByText('Unschedulable').first()).toBeVisible()
      await halftone?.kill()
      const uids = [await behind.uidOf(DEPLOYMENT), await behind.uidOf(SERVICE)]
      await node('free')

      halftone = await startHalftone(sandbox)
      await page.goto(halftone.url)
      const half = page.getByRole('region', { name: say.operation.half.heading })
      await expect(half).toContainText('/user')
      await half.getByRole('button', { name: say.operation.proceed }).click()
      await expect(page.getByRole('link', { name: '/user', exact: true })).toBeVisible(DONE)
      await expect(half).toBeHidden(DONE)
      expect([await behind.uidOf(DEPLOYMENT), await behind.uidOf(SERVICE)]).toEqual(uids)
    })
    expect(holds).toBe(true)
    expect(await behind.canaries()).toEqual(['user-canary'])
  } finally {
    await halftone?.stop()
    await sandbox.stop()
  }
})
