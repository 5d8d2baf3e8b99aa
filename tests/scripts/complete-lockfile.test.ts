import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../scripts/complete-lockfile.mjs', import.meta.url))

test('the lockfile names every platform’s binaries, so that `npm ci` passes everywhere', () => {
  expect(execFileSync('node', [script, '--check'], { encoding: 'utf8' }).trim()).toBe('0 added')
})
