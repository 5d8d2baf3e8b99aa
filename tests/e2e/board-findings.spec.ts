import { expect } from '@playwright/test'
import { findingIds } from '@/lib/domain/finding'
import { controllerTexts } from '@/lib/domain/lint/controller-texts'
import type { Release } from '@/lib/domain/model/release'
import { catalogueOf } from '@/lib/language/catalogue'
import { type Demo, test } from '@/tests/e2e/demo'

test.use({ demoArgs: ['--world', 'board'] })

const say = catalogueOf('en')
const ofReleases = findingIds.filter(id => !Object.hasOwn(controllerTexts, id))
/** Of its findings, those that a person reads on the page of the controller it is about. */
const ofControllers = findingIds.filter(id => Object.hasOwn(controllerTexts, id))

async function releasesOf({ url }: Demo): Promise<Release[]> {
  return JSON.parse(await (await fetch(`${url}/api/clusters/sandbox/releases`)).text())
}

/** A few releases that together have all of these findings. */
function fewest(releases: readonly Release[], ids: readonly string[]): Map<Release, string[]> {
  const chosen = new Map<Release, string[]>()
  let left = [...ids]
  const idsOf = ({ findings }: Release) => left.filter(id => findings.some(each => each.id === id))
  while (left.length > 0) {
    const [best] = [...releases].sort((a, b) => idsOf(b).length - idsOf(a).length)
    const found = best ? idsOf(best) : []
    if (!best || found.length === 0) throw new Error(`no release has ${left.join(', ')}`)
    chosen.set(best, found)
    left = left.filter(id => !found.includes(id))
  }
  return chosen
}

// First: what samples show of a release may answer what could not be seen of a controller.
test('what is wrong with the controller is read on the status page', async ({ page, demo }) => {
  await page.goto(`${demo.url}/status`)
  await expect(page.getByText('L42', { exact: true }).first()).toBeVisible()
  const seen = await page.getByText(/^L\d\d$/).allTextContents()
  expect([...new Set(seen)].sort()).toEqual(ofControllers)
})

test('every finding of the linter is read on the page of a release, with why and what to do', async ({
  page,
  demo,
}) => {
  test.setTimeout(600_000)
  const ids = [...ofReleases]
  await expect.poll(async () => (await releasesOf(demo)).length).toBeGreaterThan(30)
  for (const [{ id, findings }, wanted] of fewest(await releasesOf(demo), ids)) {
    await page.goto(`${demo.url}/releases/${id.cluster}/${id.namespace}/${id.name}`)
    for (const finding of findings.filter(each => wanted.includes(each.id))) {
      const box = page.getByText(finding.id, { exact: true }).first()
      await expect(box, `${finding.id} on ${id.namespace}/${id.name}`).toBeVisible()
      await expect(page.locator('main')).toContainText(finding.title.replaceAll('`', ''))
    }
    const open = page.getByRole('button', { name: say.release.findings.open })
    for (let left = await open.count(); left > 0; left--) await open.first().click()
    for (const finding of findings.filter(each => wanted.includes(each.id)))
      await expect(page.locator('main')).toContainText(finding.why)
  }
})
