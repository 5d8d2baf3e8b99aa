import { spawn } from 'node:child_process'
import { ROOT } from '../install.mjs'

const PATIENCE_MS = 20_000
const KEPT_CHARACTERS = 4_000

/**
 * Starts a program of ours. `out` collects what it prints, `last` what it said at the end; `ended` resolves when it is
 * gone; `stop` asks it to end, and insists after 20 s.
 */
export function startChild(name, args, env) {
  const process_ = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const child = { name, out: '', last: '', onOut: () => {} }
  const keep = chunk => {
    child.last = (child.last + chunk).slice(-KEPT_CHARACTERS)
  }
  process_.stdout.setEncoding('utf8').on('data', chunk => {
    child.out = (child.out + chunk).slice(-KEPT_CHARACTERS)
    keep(chunk)
    child.onOut()
  })
  process_.stderr.setEncoding('utf8').on('data', keep)
  child.ended = new Promise(resolve => {
    process_.on('error', error => resolve(error.message))
    process_.on('exit', (code, signal) => resolve(signal ?? `code ${code}`))
  })
  child.stop = async () => {
    if (process_.exitCode !== null || process_.signalCode !== null) return
    process_.kill('SIGTERM')
    const insist = setTimeout(() => process_.kill('SIGKILL'), PATIENCE_MS)
    await child.ended
    clearTimeout(insist)
  }
  return child
}

/** The first line of JSON a program prints. */
export const firstJson = child =>
  new Promise(resolve => {
    child.onOut = () => {
      const line = child.out.split('\n').find(each => each.startsWith('{') && each.endsWith('}'))
      if (line) resolve(JSON.parse(line))
    }
    child.onOut()
  })
