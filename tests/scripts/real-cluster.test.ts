import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

test('a machine that cannot have a real cluster is told so in one sentence, with exit code 2', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tests/cluster/harness.mjs', 'test'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: '/nonexistent' },
  })
  expect(stderr).toBe('')
  expect(stdout).toMatch(/^No real cluster here: [^\n]+\.\n$/)
  expect(status).toBe(2)
})
