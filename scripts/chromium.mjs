import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Flags for a machine without display, sandbox or open network. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

const onPath = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap(folder => NAMES.map(name => join(folder, name)))
    .find(file => existsSync(file))

async function ofPlaywright() {
  const { chromium } = await import('@playwright/test')
  const file = chromium.executablePath()
  return existsSync(file) ? file : undefined
}

const run = (command, args) => execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })

function install() {
  const root = process.getuid?.() === 0
  if (root && existsSync('/usr/bin/apt-get')) {
    process.env.DEBIAN_FRONTEND = 'noninteractive'
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-noto-cjk'])
    return
  }
  run('npx', ['playwright', 'install', 'chromium'])
}

/**
 * Finds a Chromium: $CHROMIUM, the PATH, Playwright's own; where there is none, installs one.
 * Errors: throws one sentence that says what to do.
 */
export async function findChromium() {
  const found = process.env.CHROMIUM || onPath() || (await ofPlaywright())
  if (found) return found
  console.log('No Chromium found: installing one.')
  try {
    install()
  } catch {
    // the sentence below says what is missing
  }
  const installed = onPath() || (await ofPlaywright())
  if (installed) return installed
  throw new Error('No Chromium could be installed: install one and name it in $CHROMIUM.')
}
