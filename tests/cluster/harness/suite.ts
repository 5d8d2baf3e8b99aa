import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ended, inside } from '@/tests/cluster/harness/namespaces'
import { runFolder } from '@/tests/cluster/harness/place'

type Counts = { passed: number; failed: number; skipped: number }

function reportIn(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}

const numberIn = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** A runner that dies without counting is one failure. */
function honest(counts: Counts, code: number): Counts {
  const isSilent = code !== 0 && counts.failed === 0
  return isSilent ? { ...counts, failed: 1 } : counts
}

async function vitest(files: readonly string[], environment: Record<string, string>): Promise<Counts> {
  const file = join(runFolder(), 'vitest.json')
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${file}`]
  const args = ['vitest', 'run', '--project', 'cluster', ...reporters, ...files]
  const code = await ended(inside('npx', args, environment))
  const { numPassedTests, numFailedTests, numPendingTests } = reportIn(file)
  return honest(
    {
      passed: numberIn(numPassedTests),
      failed: numberIn(numFailedTests),
      skipped: numberIn(numPendingTests),
    },
    code,
  )
}

async function playwright(files: readonly string[], environment: Record<string, string>): Promise<Counts> {
  const file = join(runFolder(), 'playwright.json')
  const { findChromium } = await import('@/scripts/chromium.mjs')
  const { ensureBuilt } = await import('@/scripts/demo/built.mjs')
  await ensureBuilt()
  const more = { CHROMIUM: await findChromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: file }
  const args = ['playwright', 'test', '--project', 'cluster', '--reporter=list,json', ...files]
  const code = await ended(inside('npx', args, { ...environment, ...more }))
  const { expected, unexpected, skipped, flaky } = (reportIn(file).stats ?? {}) as Record<string, unknown>
  return honest(
    {
      passed: numberIn(expected) + numberIn(flaky),
      failed: numberIn(unexpected),
      skipped: numberIn(skipped),
    },
    code,
  )
}

/** Runs the suite inside; `files` are filters, those of Playwright end in `.spec.ts`. Resolves to an exit code. */
export async function runSuite(
  files: readonly string[],
  environment: Record<string, string>,
): Promise<number> {
  const [specs, tests] = [files.filter(isSpec), files.filter(file => !isSpec(file))]
  const all = files.length === 0
  const none = { passed: 0, failed: 0, skipped: 0 }
  const first = all || tests.length > 0 ? await vitest(tests, environment) : none
  const second = all || specs.length > 0 ? await playwright(specs, environment) : none
  const [passed, failed, skipped] = (['passed', 'failed', 'skipped'] as const).map(
    key => first[key] + second[key],
  )
  console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
  return failed || !passed ? 1 : 0
}

const isSpec = (file: string): boolean => file.endsWith('.spec.ts')
