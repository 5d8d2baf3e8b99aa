import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../install.mjs'

const SERVER = '.next/standalone/server.js'
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.js',
  'postcss.config.js',
  'package-lock.json',
]

/** When a file or folder, or anything in it, last changed; 0 where there is none. */
function changedMs(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return 0
  const inside = stat.isDirectory() ? readdirSync(path).map(name => changedMs(join(path, name))) : []
  return Math.max(stat.mtimeMs, ...inside)
}

/** Is the server built from the sources as they are now? A folder's own time tells of deleted files. */
function isBuilt() {
  const builtMs = changedMs(join(ROOT, SERVER))
  return SOURCES.every(source => changedMs(join(ROOT, source)) <= builtMs)
}

/** Runs the build in a process group of its own, which ends with this process. */
function build() {
  const child = spawn('npm', ['run', '--silent', 'build'], {
    cwd: ROOT,
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  })
  const end = signal => {
    process.kill(-child.pid, 'SIGTERM')
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, end)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', code => {
      for (const signal of signals) process.off(signal, end)
      if (code === 0) resolve()
      else reject(new Error('The build failed; `npm run build` says why.'))
    })
  })
}

/** Builds Halftone when there is no build, or one older than the sources. */
export async function ensureBuilt() {
  if (isBuilt()) return
  console.error('Building Halftone (npm run build), once …')
  await build()
}
