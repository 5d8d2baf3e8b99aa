import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Agent, request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox } from '@/sandbox/start'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'halftone-start-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('startSandbox', () => {
  test('when it resolves, the gateway answers with the world', async () => {
    const sandbox = await startSandbox({ syncDelayMs: 0, replicas: 2 })
    for (const url of sandbox.gatewayUrls) {
      expect(await (await request(`${url}/user`)).body.text()).toBe('user-v1')
      expect(await (await request(`${url}/pay`)).body.text()).toBe('pay-v1')
    }
    expect(sandbox.gatewayUrls).toHaveLength(2)
    await sandbox.stop()
    await expect(request(`${sandbox.gatewayUrl}/user`)).rejects.toThrow()
    await expect(stat(sandbox.kubeconfig)).rejects.toThrow('ENOENT')
  })

  test('the kubeconfig is for its owner only and is removed at the end', async () => {
    const kubeconfig = join(folder, 'own')
    const sandbox = await startSandbox({ world: 'empty', syncDelayMs: 0, kubeconfig })
    expect((await stat(kubeconfig)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(kubeconfig, 'utf8'))).toMatchObject({ 'current-context': 'admin' })
    await sandbox.stop()
    await expect(stat(kubeconfig)).rejects.toThrow('ENOENT')
  })

  test("a person's own kubeconfig is left alone", async () => {
    const kubeconfig = join(folder, 'theirs')
    await writeFile(kubeconfig, 'apiVersion: v1\n')
    await expect(startSandbox({ world: 'empty', kubeconfig })).rejects.toThrow('left alone')
    expect(await readFile(kubeconfig, 'utf8')).toBe('apiVersion: v1\n')
  })

  test('a port that is taken is an error, and nothing is left running', async () => {
    const first = await startSandbox({ world: 'empty', syncDelayMs: 0 })
    const apiPort = Number(new URL(first.apiUrl).port)
    await expect(startSandbox({ world: 'empty', apiPort })).rejects.toThrow('EADDRINUSE')
    await first.stop()
  })

  test('pods of the scale world are there, of real size, and open no socket', async () => {
    const sandbox = await startSandbox({ world: 'scale', pods: 300, syncDelayMs: 0 })
    const response = await fetchFrom(sandbox.apiUrl, '/api/v1/pods', sandbox)
    const { items } = JSON.parse(response) as { items: unknown[] }
    expect(items).toHaveLength(300 + 9)
    expect(response.length / items.length).toBeGreaterThan(9_000)
    expect(await (await request(`${sandbox.gatewayUrl}/user`)).body.text()).toBe('user-v1')
    await sandbox.stop()
  })
})

async function fetchFrom(url: string, path: string, sandbox: { ca: string; tokens: { admin: string } }) {
  const agent = new Agent({ connect: { ca: sandbox.ca } })
  const headers = { authorization: `Bearer ${sandbox.tokens.admin}` }
  const { body } = await request(url + path, { dispatcher: agent, headers })
  const text = await body.text()
  await agent.destroy()
  return text
}

const main = (...flags: string[]): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) return ''
  for await (const line of createInterface({ input: child.stdout })) return line
  return ''
}

describe('npm run sandbox', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'prints one line of JSON without secrets and ends cleanly on %s, even if it comes twice',
    async signal => {
      const child = main('--world', 'empty', '--sync-delay', '0')
      const told: unknown = JSON.parse(await firstLine(child))
      expect(told).toMatchObject({
        apiUrl: expect.any(String),
        gatewayUrl: expect.any(String),
        adminUrl: expect.any(String),
      })
      const { kubeconfig } = told as { kubeconfig: string }
      const { users } = JSON.parse(await readFile(kubeconfig, 'utf8')) as {
        users: { user: { token: string } }[]
      }
      for (const { user } of users) expect(JSON.stringify(told)).not.toContain(user.token)
      child.kill(signal)
      child.kill(signal)
      const [code] = await once(child, 'exit')
      expect(code).toBe(0)
      await expect(stat(kubeconfig)).rejects.toThrow('ENOENT')
    },
  )

  test.each([
    [['--world', 'mars'], '--world is one of'],
    [['--api-port', 'x'], '--api-port is a whole number'],
    [['--what'], 'Unknown option'],
  ])('%o is refused with a sentence', async (flags, sentence) => {
    const child = main(...flags)
    let text = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    const [code] = await once(child, 'close')
    expect(code).toBe(1)
    expect(text).toContain(sentence)
  })
})
