import { defineConfig } from '@playwright/test'
import { CHROMIUM_FLAGS } from './scripts/chromium.mjs'
import type { EitherOptions } from './tests/e2e/either'

/** `cluster` runs inside the namespaces that tests/cluster/harness made, on the real cluster. */
export default defineConfig<object, EitherOptions>({
  projects: [
    { name: 'e2e', testDir: 'tests/e2e', testIgnore: 'real-*.spec.ts' },
    {
      name: 'cluster',
      testDir: 'tests/e2e',
      testMatch: ['story.spec.ts', 'real-*.spec.ts'],
      use: { on: 'real' },
      retries: process.env.CI ? 1 : 0,
    },
    { name: 'pictures', testDir: 'tests/pictures' },
  ],
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    browserName: 'chromium',
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM && { executablePath: process.env.CHROMIUM }),
      args: CHROMIUM_FLAGS,
    },
  },
})
