// `npm run pictures` and `npm run contact-sheet`: draws what tests/pictures/ describes, in a Chromium.
import { spawnSync } from 'node:child_process'
import { findChromium } from './chromium.mjs'
import { ensureInstalled, ROOT } from './install.mjs'

const [which] = process.argv.slice(2)
ensureInstalled()
const { status } = spawnSync('npx', ['playwright', 'test', '--project=pictures', which], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: await findChromium() },
})
process.exitCode = status ?? 1
