import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '@/scripts/chromium.mjs'
import { ensureBuilt } from '@/scripts/demo/built.mjs'
import { ended, inside } from '@/tests/cluster/harness/namespaces'

/** How many tests did what. */
export type Counts = { passed: number; failed: number; skipped: number }

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

type Runner = (command: string, args: readonly string[], environment: Record<string, string>) => ChildProcess

const outside: Runner = (command, args, environment) =>
  spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...environment } })

async function vitest(project: string, files: readonly string[], run: Runner): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'halftone-cluster-'))
  const file = join(folder, 'vitest.json')
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${file}`]
  const code = await ended(run('npx', ['vitest', 'run', '--project', project, ...reporters, ...files], {}))
  const { numPassedTests, numFailedTests, numPendingTests } = reportIn(file)
  rmSync(folder, { recursive: true })
  return honest(
    {
      passed: numberIn(numPassedTests),
      failed: numberIn(numFailedTests),
      skipped: numberIn(numPendingTests),
    },
    code,
  )
}

async function playwright(files: readonly string[], run: Runner): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'halftone-cluster-'))
  const file = join(folder, 'playwright.json')
  const args = ['playwright', 'test', '--project', 'cluster', '--reporter=list,json', ...files]
  const more = { CHROMIUM: await findChromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: file }
  const code = await ended(run('npx', args, more))
  const { stats = {} } = reportIn(file) as { stats?: Record<string, unknown> }
  rmSync(folder, { recursive: true })
  const { expected, unexpected, skipped, flaky } = stats
  return honest(
    {
      passed: numberIn(expected) + numberIn(flaky),
      failed: numberIn(unexpected),
      skipped: numberIn(skipped),
    },
    code,
  )
}

const isSpec = (file: string): boolean => file.endsWith('.spec.ts')
const none: Counts = { passed: 0, failed: 0, skipped: 0 }

const sum = (all: readonly Counts[]): Counts => ({
  passed: all.reduce((total, each) => total + each.passed, 0),
  failed: all.reduce((total, each) => total + each.failed, 0),
  skipped: all.reduce((total, each) => total + each.skipped, 0),
})

/** Builds and finds what the browser's part of the suite needs: neither can be had from inside. */
export async function prepareSuite(): Promise<void> {
  await ensureBuilt()
  await findChromium()
}

/** Runs part of the suite inside. `files` are filters; those of Playwright end in `.spec.ts`; none: all but Playwright's. */
export async function runInside(
  files: readonly string[],
  environment: Record<string, string>,
): Promise<Counts> {
  const run: Runner = (command, args, more) => inside(command, args, { ...environment, ...more })
  const [specs, tests] = [files.filter(isSpec), files.filter(file => !isSpec(file))]
  return sum([
    tests.length > 0 || files.length === 0 ? await vitest('cluster', tests, run) : none,
    specs.length > 0 ? await playwright(specs, run) : none,
  ])
}

/** Runs what tests the harness from outside, and only that. */
export const runOutside = (): Promise<Counts> => vitest('host', [], outside)

/** The counts that `conclude` told in the last line of a run; null where it told none. */
export function parseConclusion(said: string): Counts | null {
  const line = [...said.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1)
  if (!line) return null
  const [, passed, failed, skipped = 0] = line
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) }
}

/** Says how it went, in one last line; the exit code. */
export function conclude(all: readonly Counts[]): number {
  const { passed, failed, skipped } = sum(all)
  console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
  return failed > 0 || passed === 0 ? 1 : 0
}
