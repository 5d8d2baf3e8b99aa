// `npm test`: everything that must hold, from a clean checkout. Installs what is missing, runs every step even
// after a failure, and ends with one line `N passed, N failed`. `npm test -- unit build` runs the named steps only.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './chromium.mjs'
import { ensureInstalled, ROOT } from './install.mjs'

const only = process.argv.slice(2)
const scratch = mkdtempSync(join(tmpdir(), 'halftone-test-'))
const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0' }

/** Runs a command to its end; resolves to its exit code. */
const run = (command, args, extra = {}) =>
  new Promise(resolve => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...environment, ...extra } })
    child.on('error', () => resolve(127))
    child.on('exit', code => resolve(code ?? 1))
  })

/** A step that is one check: it passes when the command exits with 0. */
const check = (command, args) => async () => {
  const code = await run(command, args)
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

const readReport = file => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** A step of many tests, counted from Vitest's report. A runner that dies without a report is one failure. */
const vitest =
  (name, ...args) =>
  async () => {
    const file = join(scratch, `${name}.json`)
    const code = await run('npx', [
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...args,
    ])
    const report = readReport(file)
    const passed = report?.numPassedTests ?? 0
    const failed = report?.numFailedTests ?? 0
    return { passed, failed: failed || (code === 0 && passed > 0 ? 0 : 1) }
  }

const playwright = () => async () => {
  const file = join(scratch, 'e2e.json')
  const chromium = await findChromium()
  const code = await run('npx', ['playwright', 'test', '--project', 'e2e', '--reporter=list,json'], {
    CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  })
  const stats = readReport(file)?.stats
  const failed = stats?.unexpected ?? 0
  return {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: failed || (code === 0 && stats?.expected ? 0 : 1),
  }
}

const steps = {
  lint: check('npx', ['biome', 'ci', '.']),
  types: check('npm', ['run', '--silent', 'types']),
  dead: check('npx', ['knip']),
  unit: vitest('unit', '--project', 'unit'),
  cases: check('npm', ['run', '--silent', 'cases', '--', 'tests/fixtures/canary-cases.json']),
  gateway: check('npm', ['run', '--silent', 'cases', '--', 'tests/fixtures/canary-cases.json', '--gateway']),
  found: check('npm', ['run', '--silent', 'cases', '--', 'tests/fixtures/found-cases.json']),
  'found-gateway': check('npm', [
    ...['run', '--silent', 'cases', '--'],
    ...['tests/fixtures/found-cases.json', '--gateway'],
  ]),
  build: check('npm', ['run', '--silent', 'build']),
  built: vitest('built', '--project', 'built'),
  e2e: playwright(),
}

ensureInstalled()
let passed = 0
let failed = 0
const broken = []
for (const [name, step] of Object.entries(steps)) {
  if (only.length && !only.includes(name)) continue
  console.log(`\n── ${name}`)
  const startedAt = Date.now()
  const count = await step().catch(error => {
    console.error(error.message)
    return { passed: 0, failed: 1 }
  })
  passed += count.passed
  failed += count.failed
  if (count.failed) broken.push(name)
  console.log(
    `── ${name}: ${count.passed} passed, ${count.failed} failed, ${Math.round((Date.now() - startedAt) / 1000)} s`,
  )
}
rmSync(scratch, { recursive: true, force: true })
if (broken.length) console.log(`\nFailed steps: ${broken.join(', ')}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0
