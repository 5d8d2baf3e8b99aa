import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { NAME, ROOT } from '@/tests/cluster/harness/place'
import { type Counts, parseConclusion } from '@/tests/cluster/harness/suite'

/** A filter that fits every file of Playwright's part. */
const EVERY_PAGE = '.spec.ts'

/**
 * Runs the browser's part of the suite on a second cluster of its own, beside what runs here; resolves to its counts.
 * What it says is told at its end, in one piece. Errors: a process that dies without counting is one failure.
 */
export async function runPagesAlongside(): Promise<Counts> {
  const child = spawn(process.execPath, ['tests/cluster/harness.mjs', 'test', EVERY_PAGE], {
    cwd: ROOT,
    env: { ...process.env, HALFTONE_CLUSTER_NAME: `${NAME.slice(0, 11)}2` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = () => child.kill('SIGTERM')
  process.once('exit', end)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      said += text
    })
  }
  await once(child, 'close')
  process.off('exit', end)
  process.stdout.write(`\nOn a second cluster, meanwhile:\n${said}`)
  return parseConclusion(said) ?? { passed: 0, failed: 1, skipped: 0 }
}
