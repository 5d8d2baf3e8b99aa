import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

/** `unit` needs nothing but the sources; `built` what `npm run build` made; `cluster` runs
 * inside a real cluster, `host` outside of it. */
export default defineConfig({
  resolve: {
    alias: [
      { find: 'server-only', replacement: `${root}tests/empty.ts` },
      { find: /^@\//, replacement: root },
    ],
  },
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    testTimeout: 20_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/{e2e,built,cluster,pictures}/**'],
        },
      },
      {
        extends: true,
        test: { name: 'built', include: ['tests/built/**/*.test.ts'], fileParallelism: false },
      },
      {
        extends: true,
        test: {
          name: 'cluster',
          include: ['tests/cluster/**/*.test.ts'],
          exclude: ['tests/cluster/host/**'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // On a machine of others a second try, which the report names; the tests that forbid it say so.
          retry: process.env.CI ? 1 : 0,
        },
      },
      {
        extends: true,
        test: {
          name: 'host',
          include: ['tests/cluster/host/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
