import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { catalogueOf } from '@/lib/language/catalogue'
import { test } from '@/tests/e2e/demo'
import { stage } from '@/tests/e2e/stage'
import { STATES, settle } from '@/tests/e2e/states'

/** `npm run contact-sheet`: every state of every screen as pictures, and one page that shows them side by side. */
const FOLDER = '.halftone/contact-sheet'

const LOOKS = [
  { name: 'desktop light en', width: 1440, height: 900, colorScheme: 'light', locale: 'en-GB' },
  { name: 'desktop dark zh', width: 1440, height: 900, colorScheme: 'dark', locale: 'zh-CN' },
  { name: 'phone light zh', width: 375, height: 812, colorScheme: 'light', locale: 'zh-CN' },
  { name: 'phone dark en', width: 375, height: 812, colorScheme: 'dark', locale: 'en-GB' },
] as const

const TALLEST = 4_000

/** Rows out of sight are not drawn, so the window becomes as tall as the page. */
async function showWhole(page: Page, { width, height }: { width: number; height: number }): Promise<void> {
  const tall = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width, height: Math.min(TALLEST, Math.max(height, tall)) })
}

test('the contact sheet', async ({ browser, demo }) => {
  test.setTimeout(900_000)
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const cells: string[] = []
  for (const look of LOOKS) {
    const { width, height, colorScheme, locale } = look
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale })
    for (const state of STATES) {
      const page = await context.newPage()
      await stage(page, state.frames, state.silent ? 'silent' : 'open', state.answers)
      await page.goto(demo.url + state.path)
      await settle(page)
      await state.act?.(page, catalogueOf(locale === 'zh-CN' ? 'zh-CN' : 'en'))
      await page.waitForLoadState('networkidle')
      const file = `${state.name} ${look.name}`.replaceAll(/[^a-z0-9]+/g, '-')
      await showWhole(page, look)
      await page.screenshot({ path: `${FOLDER}/${file}.png`, animations: 'disabled' })
      cells.push(
        `<figure><img src="${file}.png" width="${width / 3}" loading="lazy"><figcaption>${state.name}, ${look.name}</figcaption></figure>`,
      )
      await page.close()
    }
    await context.close()
  }
  const style =
    'body{display:flex;flex-wrap:wrap;gap:16px;align-items:start;font:12px sans-serif}figure{margin:0}img{border:1px solid #999}'
  writeFileSync(
    `${FOLDER}/index.html`,
    `<!doctype html><meta charset="utf-8"><title>Halftone</title><style>${style}</style>${cells.join('')}`,
  )
  if (!readFileSync(`${FOLDER}/index.html`, 'utf8').includes('figure')) throw new Error('nothing was drawn')
})
