import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { closed, listening } from '@/sandbox/gateway/listen'

type Facts = { url: string; apiUrl: string; gatewayUrl: string; adminUrl: string; kubeconfig: string }
type Demo = { child: ChildProcess; said: () => string; exited: Promise<number | null>; folder: string }

const demos: Demo[] = []

function startDemo(...args: string[]): Demo {
  const folder = mkdtempSync(join(tmpdir(), 'halftone-demo-test-'))
  const child = spawn(process.execPath, ['scripts/demo.mjs', ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: folder, TMPDIR: folder, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      text += chunk
    })
  }
  const exited = new Promise<number | null>(resolve => child.on('exit', resolve))
  const demo = { child, said: () => text, exited, folder }
  demos.push(demo)
  return demo
}

const ready = (demo: Demo): Promise<Facts> =>
  vi.waitFor(
    () => {
      const line = demo
        .said()
        .split('\n')
        .find(each => each.startsWith('{"url"'))
      if (line === undefined) throw new Error(demo.said())
      return JSON.parse(line) as Facts
    },
    { timeout: 25_000, interval: 50 },
  )

const childrenOf = ({ child }: Demo): number[] => {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
  return table
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid = 0, parent]) => (parent === child.pid ? [pid] : []))
}

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

afterEach(async () => {
  for (const { child, exited, folder } of demos.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await exited
    rmSync(folder, { recursive: true, force: true })
  }
})

describe('npm run demo', () => {
  test('answers at every address it names, with the release when asked for', async () => {
    const demo = startDemo('--json', '--port', '0', '--release')
    const { url, gatewayUrl, adminUrl, kubeconfig } = await ready(demo)
    expect((await fetch(url)).status).toBe(200)
    expect(await (await fetch(`${gatewayUrl}/user`)).text()).toBe('user-v1')
    expect((await fetch(`${adminUrl}/applied`)).status).toBe(200)
    expect(existsSync(kubeconfig)).toBe(true)
    await vi.waitFor(async () => {
      const releases = await (await fetch(`${url}/api/clusters/sandbox/releases`)).text()
      expect(releases).toContain('"name":"user-canary"')
    })
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends everything and leaves nothing behind', async signal => {
    const demo = startDemo('--json', '--port', '0')
    await ready(demo)
    const children = childrenOf(demo)
    expect(children).toHaveLength(2)
    demo.child.kill(signal)
    expect(await demo.exited).toBe(0)
    expect(children.filter(lives)).toEqual([])
    expect(readdirSync(demo.folder).filter(name => name.startsWith('halftone-'))).toEqual([])
  })

  test('when one part ends by itself, the other is ended and the exit code tells', async () => {
    const demo = startDemo('--json', '--port', '0')
    await ready(demo)
    const [sandbox = 0, halftone = 0] = childrenOf(demo)
    process.kill(sandbox, 'SIGKILL')
    expect(await demo.exited).toBe(1)
    expect(demo.said()).toContain('The sandbox ended (SIGKILL)')
    expect(lives(halftone)).toBe(false)
  })

  test('a taken port is passed over, and said', async () => {
    const server = await listening(createServer(), 0)
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const demo = startDemo('--json', '--port', String(port))
    const { url } = await ready(demo)
    expect(Number(new URL(url).port)).toBeGreaterThan(port)
    expect(demo.said()).toContain(`Port ${port} is taken`)
    await closed(server)
  })

  test.each([
    ['--port', 'many'],
    ['--world', 'flat'],
    ['--unknown', ''],
  ])('%s %s is refused with the usage', async (flag, value) => {
    const demo = startDemo(flag, value)
    expect(await demo.exited).toBe(2)
    expect(demo.said()).toContain('npm run demo -- [--world')
  })
})
