import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A kubeconfig whose API server is not there: enough for everything that needs no cluster. */
function kubeconfigOfNobody(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'halftone-built-')), 'kubeconfig')
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'demo', cluster: { server: 'https://127.0.0.1:1' } }],
    users: [{ name: 'u', user: { token: 'a-secret-token' } }],
    contexts: [{ name: 'demo', context: { cluster: 'demo', user: 'u' } }],
    'current-context': 'demo',
  }
  writeFileSync(file, JSON.stringify(config))
  return file
}

export type ServerProcess = {
  port: number
  said(): string
  exited: Promise<number | null>
  child: ChildProcess
}

/** Starts the built server on a free port and waits until it listens, or has ended. */
export async function startServer(environment: Record<string, string> = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH ?? '',
      PORT: '0',
      KUBECONFIG: kubeconfigOfNobody(),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const exited = new Promise<number | null>(resolve => child.on('exit', resolve))
  const port = await new Promise<number>(resolve => {
    const hear = (piece: Buffer) => {
      text += piece
      const [, found] = /Local:\s+http:\/\/\S+:(\d+)/.exec(text) ?? []
      if (found && text.includes('"started"')) resolve(Number(found))
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void exited.then(() => resolve(0))
  })
  return { port, said: () => text, exited, child }
}
