import type { Locator, Page } from '@playwright/test'
import type { Catalogue } from '@/lib/language/catalogue'

/** What a person does on the release page; with the mouse, or by keyboard alone. */
export type Hands = {
  cookieRule: (name: string) => Promise<void>
  headerRule: (name: string, value: string) => Promise<void>
  weight: (weight: number) => Promise<void>
  rollBack: () => Promise<void>
}

/** Works with the pointer, by what is written on the controls. */
export function mouse(page: Page, say: Catalogue): Hands {
  const button = (name: string) => page.getByRole('button', { name, exact: false })
  return {
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
  }
}

const MOST_TABS = 80

/** Presses Tab until the control has the focus: it must be reachable in the order of the page. */
async function tabTo(page: Page, control: Locator): Promise<void> {
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
