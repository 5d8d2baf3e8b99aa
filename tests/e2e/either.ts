import { test as base } from '@playwright/test'
import { startDemo } from '@/tests/e2e/demo'
import { startReal } from '@/tests/e2e/real'
import type { Target } from '@/tests/e2e/target'

/** Set by the projects of playwright.config.ts. */
export type EitherOptions = { on: 'demo' | 'real' }

/** Tests that hold on the sandbox's demo and on the real cluster alike: one `target` for all tests of a file. */
export const test = base.extend<object, EitherOptions & { target: Target }>({
  on: ['demo', { option: true, scope: 'worker' }],
  target: [
    async ({ on }, use) => {
      const { it, stop } = await (on === 'real' ? startReal() : startDemo([]))
      await use(it)
      await stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})
