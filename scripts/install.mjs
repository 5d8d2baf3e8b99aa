import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages
  } catch {
    return {}
  }
}

/** Is every package of the lockfile that this machine needs there in its version? Optional ones may be for other platforms. */
function isInstalled() {
  const there = packagesOf('node_modules/.package-lock.json')
  return Object.entries(packagesOf('package-lock.json')).every(
    ([path, { version, optional }]) =>
      path === '' || (there[path] ? there[path].version === version : optional),
  )
}

/** Installs the locked packages where one is missing or has another version. */
export function ensureInstalled() {
  if (isInstalled()) return
  console.error('Installing packages (npm ci) …')
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund']
  execFileSync('npm', args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
}
