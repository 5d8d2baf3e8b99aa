import { AxeBuilder } from '@axe-core/playwright'
import { expect } from '@playwright/test'
import { catalogueOf } from '@/lib/language/catalogue'
import { test } from '@/tests/e2e/demo'
import { stage } from '@/tests/e2e/stage'
import { STATES, settle } from '@/tests/e2e/states'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })
    for (const { name, path, frames, silent, answers, act } of STATES) {
      test(`axe finds nothing: ${name}, ${colorScheme}`, async ({ page, demo }) => {
        // A thousand rows are many thousand elements for axe to judge.
        test.setTimeout(300_000)
        test.setTimeout(300_000)
        await stage(page, frames, silent ? 'silent' : 'open', answers)
        await page.goto(demo.url + path)
        await settle(page)
        await act?.(page, catalogueOf('en'))
        const { violations } = await new AxeBuilder({ page })
          .options({ resultTypes: ['violations'] })
          .analyze()
        const found = violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .slice(0, 3)
              .map(node => node.html.slice(0, 160))
              .join(' | ')}`,
        )
        expect(found).toEqual([])
      })
    }
  })
}
