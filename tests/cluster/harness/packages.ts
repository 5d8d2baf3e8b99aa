import { execFileSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { PACKAGES } from '@/tests/cluster/harness/versions'

const POLICY = '/usr/sbin/policy-rc.d'

function isInstalled(name: string): boolean {
  try {
    const status = execFileSync('dpkg-query', ['-W', `-f=\${Status}`, name], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return status.endsWith(' installed')
  } catch {
    return false
  }
}

/** Debian's packages that are not on this machine yet. */
export const missingPackages = (): string[] => PACKAGES.filter(name => !isInstalled(name))

/** Installs what is missing, and lets no package start its service on this machine. */
export function installPackages(): void {
  const missing = missingPackages()
  if (missing.length === 0) return
  console.error(`Installing ${missing.join(', ')} …`)
  const apt = (...args: string[]) =>
    execFileSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  const isOurs = !existsSync(POLICY)
  if (isOurs) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    apt('update', '-qq')
    apt('install', '-y', '-qq', '--no-install-recommends', ...missing)
  } finally {
    if (isOurs) rmSync(POLICY)
  }
}
