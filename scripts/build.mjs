// `npm run build`: the dashboard as a standalone server in .next/standalone. Nothing is told to anybody.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { ROOT } from './install.mjs'

const next = createRequire(import.meta.url).resolve('next/dist/bin/next')
const { status } = spawnSync(process.execPath, [next, 'build'], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
})
process.exitCode = status ?? 1
