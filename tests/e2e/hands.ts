import type { Locator, Page } from '@playwright/test'
import type { Catalogue } from '@/lib/language/catalogue'

/** What a person does on the board, the page that starts a release, and the release page; with the mouse, or by keyboard alone. */
export type Hands = {
  /** From the board to *Create*, with nothing changed but the image. */
  start: (path: string, image: string) => Promise<void>
  toRelease: () => Promise<void>
  cookieRule: (name: string) => Promise<void>
  headerRule: (name: string, value: string) => Promise<void>
  weight: (weight: number) => Promise<void>
  rollBack: () => Promise<void>
}

/** *Start a release* beside a route without one, on the board. */
const starter = (page: Page, say: Catalogue, path: string): Locator =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByText(path, { exact: true }) })
    .getByRole('link', { name: say.start.act })

/** *Continue* of the step that is open. */
const proceeder = (page: Page, say: Catalogue, step: 'version' | 'traffic'): Locator =>
  page
    .getByRole('region', { name: say.start.steps[step] })
    .getByRole('button', { name: say.start.proceed, exact: true })

/** Works with the pointer, by what is written on the controls; a start can be gone through step by step. */
export function mouse(page: Page, say: Catalogue) {
  const button = (name: string) => page.getByRole('button', { name, exact: false })
  const version = async (path: string, image: string) => {
    await starter(page, say, path).click()
    // Not `fill`: entering the field selects the image's tag alone.
    await page.getByLabel(say.start.version.image, { exact: true }).click()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(image)
    await proceeder(page, say, 'version').click()
  }
  const review = async (path: string, image: string) => {
    await version(path, image)
    await proceeder(page, say, 'traffic').click()
    await button(say.start.review.create).waitFor()
  }
  const create = () => button(say.start.review.create).click()
  return {
    version,
    review,
    create,
    start: async (path, image) => {
      await review(path, image)
      await create()
    },
    toRelease: () => page.getByRole('link', { name: say.operation.toRelease }).click(),
    cookieRule: async name => {
      await button(say.rules.addCookie).click()
      await page.getByLabel(say.rules.cookieName, { exact: true }).fill(name)
      await button(say.rules.apply).click()
    },
    headerRule: async (name, value) => {
      await button(say.rules.addHeader).click()
      await page.getByLabel(say.rules.headerName, { exact: true }).fill(name)
      await page.getByLabel(say.rules.mode, { exact: true }).selectOption('exact')
      await page.getByLabel(say.rules.headerValue, { exact: true }).fill(value)
      await button(say.rules.apply).click()
    },
    weight: async weight => {
      await page
        .getByRole('group', { name: say.traffic.steps })
        .getByRole('button', { name: String(weight), exact: true })
        .click()
      await button(say.traffic.apply('0', String(weight))).click()
    },
    rollBack: async () => {
      await button(say.release.rollBack.act).click()
      await button(say.release.rollBack.confirm).click()
    },
  } satisfies Hands & Record<string, unknown>
}

const MOST_TABS = 80

/** Presses Tab until the control has the focus: it must be reachable in the order of the page. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor()
  for (let pressed = 0; pressed < MOST_TABS; pressed++) {
    if (await control.evaluate(element => element === document.activeElement).catch(() => false)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`not reached by ${MOST_TABS} times Tab: ${control}`)
}

/** Works by keyboard alone: Tab, Enter, arrow keys and typing. */
export function keyboard(page: Page, say: Catalogue): Hands {
  const button = (name: string) => page.getByRole('button', { name, exact: false })
  const press = async (control: Locator) => {
    await tabTo(page, control)
    await page.keyboard.press('Enter')
  }
  const type = async (label: string, text: string) => {
    await tabTo(page, page.getByLabel(label, { exact: true }))
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type(text)
  }
  return {
    start: async (path, image) => {
      await press(starter(page, say, path))
      await type(say.start.version.image, image)
      await page.keyboard.press('Enter')
      await press(proceeder(page, say, 'traffic'))
      await press(button(say.start.review.create))
    },
    toRelease: () => press(page.getByRole('link', { name: say.operation.toRelease })),
    cookieRule: async name => {
      await press(button(say.rules.addCookie))
      await type(say.rules.cookieName, name)
      await page.keyboard.press('Enter')
    },
    headerRule: async (name, value) => {
      await press(button(say.rules.addHeader))
      await type(say.rules.headerName, name)
      await tabTo(page, page.getByLabel(say.rules.mode, { exact: true }))
      await page.keyboard.press('ArrowDown')
      await type(say.rules.headerValue, value)
      await page.keyboard.press('Enter')
    },
    weight: async weight => {
      await type(say.traffic.weight, String(weight))
      await page.keyboard.press('Enter')
    },
    rollBack: async () => {
      await press(button(say.release.rollBack.act))
      await button(say.release.rollBack.confirm).waitFor()
      await page.keyboard.press('Enter')
    },
  }
}
