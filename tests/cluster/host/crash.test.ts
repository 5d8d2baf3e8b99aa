import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { firstProcess } from '@/tests/cluster/harness/namespaces'
import { ROOT } from '@/tests/cluster/harness/place'
import { tracesOf } from '@/tests/cluster/harness/traces'

const NAME = 'crash'
const SECONDS = { timeout: 20_000, interval: 50 }
const started: ChildProcess[] = []

const harness = (args: readonly string[], environment: Record<string, string> = {}): ChildProcess => {
  const child = spawn(process.execPath, ['tests/cluster/harness.mjs', ...args], {
    cwd: ROOT,
    env: { ...process.env, HALFTONE_CLUSTER_NAME: NAME, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(child)
  return child
}

/** Resolves when it has said that it is up. */
async function isUp(child: ChildProcess): Promise<void> {
  if (!child.stdout) throw new Error('no output')
  for await (const line of createInterface({ input: child.stdout }))
    if (line.includes('takes it down')) return
  throw new Error('it ended before it was up')
}

const down = () => once(harness(['down']), 'exit')

afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  await down()
})

test('a cluster whose harness was killed ends by itself, and what it left is swept: no process, mount, cgroup, device or file', async () => {
  const first = harness(['up', '--foreground'])
  await isUp(first)
  expect(tracesOf(NAME).filter(each => each.startsWith('process')).length).toBeGreaterThan(5)
  first.kill('SIGKILL')
  await vi.waitFor(
    () => expect(tracesOf(NAME).filter(each => each.startsWith('process'))).toEqual([]),
    SECONDS,
  )
  await down()
  expect(tracesOf(NAME)).toEqual([])
})

test('it can be brought up over the remains of a crash, and Ctrl-C takes it down', async () => {
  const first = harness(['up', '--foreground'])
  await isUp(first)
  first.kill('SIGKILL')
  await once(first, 'exit')
  const second = harness(['up', '--foreground'])
  await isUp(second)
  second.kill('SIGINT')
  await once(second, 'exit')
  expect(tracesOf(NAME)).toEqual([])
})

test('taking down another cluster, whoever keeps it where, takes nothing away from this one', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'halftone-cache-'))
  onTestFinished(() => rmSync(cache, { recursive: true }))
  const ours = harness(['up', '--foreground'])
  await isUp(ours)
  const mountsOf = () => readFileSync(`/proc/${firstProcess(NAME)}/mountinfo`, 'utf8')
  const before = mountsOf()
  await once(harness(['down'], { HALFTONE_CLUSTER_CACHE: cache }), 'exit')
  expect(mountsOf()).toBe(before)
  ours.kill('SIGINT')
  await once(ours, 'exit')
  expect(tracesOf(NAME)).toEqual([])
})

test('taking down what is not up does no harm', async () => {
  const [code] = await down()
  expect(code).toBe(0)
})
