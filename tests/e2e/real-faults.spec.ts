import { test as base, expect, type Page } from '@playwright/test'
import { startHalftone } from '@/bench/run/product'
import { catalogueOf } from '@/lib/language/catalogue'
import { freshName, releaseIn } from '@/tests/cluster/faults/world'
import { theCluster } from '@/tests/cluster/harness/cluster'
import { kubectl } from '@/tests/e2e/kubectl'
import { ANY, saying } from '@/tests/e2e/saying'

const NAMESPACE = freshName('pages')
const say = catalogueOf('en')
/** Samples need their time: T, then answers. */
const PROVEN = { timeout: 60_000 }
/** Halftone asks less and less often, up to every 5 s, and then each kind in its turn. */
const BACK = { timeout: 30_000 }

/** A release of its own on the real cluster, and the built product on it, whose watches end after 5 to 6 s. */
const test = base.extend<object, { address: string }>({
  address: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs.
    async ({}, use) => {
      const { kubeconfig, gatewayUrl } = theCluster()
      const manifests = releaseIn(NAMESPACE)
      await kubectl(kubeconfig, ['apply', '-f', '-'], manifests)
      for (const name of ['app-v1', 'app-v2'])
        await kubectl(kubeconfig, ['rollout', 'status', '-n', NAMESPACE, `deployment/${name}`])
      const halftone = await startHalftone(
        { kubeconfig, gatewayUrl },
        { HALFTONE_CONTEXTS: 'real=halftone', HALFTONE_WATCH_IDLE_MS: '8000' },
      )
      await use(`${halftone.url}/releases/real/${NAMESPACE}/app-canary`)
      await halftone.stop()
      await kubectl(kubeconfig, ['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=false'])
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

test.describe.configure({ mode: 'serial' })
/** A test that fails leaves no dead cluster behind. */
test.afterEach(async () => {
  const real = theCluster()
  for (const daemon of ['kube-apiserver', 'ingress-nginx'] as const) {
    if (!real.isAlive(daemon)) await real.start(daemon)
  }
})

const open = async (page: Page, address: string) => {
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('app-v')
}
const draft = (page: Page, weight: number) =>
  page
    .getByRole('group', { name: say.traffic.steps })
    .getByRole('button', { name: String(weight), exact: true })
    .click()
const applies = (page: Page, from: number, to: number) =>
  page.getByRole('button', { name: say.traffic.apply(String(from), String(to)) })
const fact = (page: Page, weight: number) => page.getByText(say.traffic.fact(weight, 100))
const stale = (page: Page) => page.getByText(saying(say.shared.staleSince(ANY, ANY)))
const rollBack = (page: Page) => page.getByRole('button', { name: say.release.rollBack.act })
const inEffect = (page: Page) => page.getByText(saying(say.traffic.inEffect['in-effect'](ANY)))

test('the API server killed under the page: stale since, Apply off with its reason, Roll back not; then live, and applied', async ({
  page,
  address,
}) => {
  const real = theCluster()
  await open(page, address)
  await draft(page, 20)
  await expect(applies(page, 0, 20)).toBeEnabled()
  const killedMs = performance.now()
  await real.kill('kube-apiserver')
  await expect(stale(page)).toBeVisible({ timeout: 4_000 })
  console.log(
    `stale on the page ${Math.round(performance.now() - killedMs)} ms after the API server was killed`,
  )
  await expect(applies(page, 0, 20)).toBeDisabled()
  await expect(page.getByText(say.traffic.offStale).first()).toBeVisible()
  await expect(rollBack(page)).toBeEnabled()
  await real.start('kube-apiserver')
  await expect(stale(page)).toBeHidden(BACK)
  await applies(page, 0, 20).click()
  await expect(fact(page, 20)).toBeVisible()
  await expect(inEffect(page)).toBeVisible(PROVEN)
})

test('the controller killed under the page: a weight that is written is never said to be in effect, until it is', async ({
  page,
  address,
}) => {
  const real = theCluster()
  await open(page, address)
  await expect(inEffect(page)).toBeVisible(PROVEN)
  await real.kill('ingress-nginx')
  await draft(page, 50)
  await applies(page, 20, 50).click()
  await expect(fact(page, 50)).toBeVisible()
  await expect(page.getByText(say.traffic.inEffect.contradicted)).toBeVisible(PROVEN)
  await expect(inEffect(page)).toBeHidden()
  await real.start('ingress-nginx')
  await expect(inEffect(page)).toBeVisible(PROVEN)
})

test('the right to read withdrawn under the page: it says who forbids what, and is live again once given back', async ({
  page,
  address,
}) => {
  const { kubeconfig } = theCluster()
  const binding = 'clusterrolebinding/halftone-reader'
  await open(page, address)
  await draft(page, 10)
  const [kept] = JSON.parse(`[${await kubectl(kubeconfig, ['get', binding, '-o', 'json'])}]`)
  await kubectl(kubeconfig, ['delete', binding])
  try {
    await expect(page.getByText(say.shared.staleRefused('real'))).toBeVisible(BACK)
    await expect(page.getByText(say.shared.unreadableWhy('forbidden'))).toBeVisible()
    await expect(applies(page, 50, 10)).toBeDisabled()
    await expect(rollBack(page)).toBeEnabled()
  } finally {
    const { apiVersion, kind, roleRef, subjects, metadata } = kept
    await kubectl(
      kubeconfig,
      ['apply', '-f', '-'],
      [{ apiVersion, kind, roleRef, subjects, metadata: { name: metadata.name } }],
    )
  }
  await expect(stale(page)).toBeHidden(BACK)
  await expect(page.getByText(say.shared.unreadableWhy('forbidden'))).toBeHidden(BACK)
  await expect(applies(page, 50, 10)).toBeEnabled()
})

test('the namespace deleted under the page: it says that the release is gone', async ({ page, address }) => {
  const { kubeconfig } = theCluster()
  await open(page, address)
  await kubectl(kubeconfig, ['delete', 'namespace', NAMESPACE, '--wait=false'])
  await expect(page.getByRole('heading', { name: say.release.gone.title })).toBeVisible(BACK)
})
