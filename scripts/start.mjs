// `npm start`: the built dashboard. Listens where HALFTONE_HOST says, on loopback only, and leaves signals to Halftone.
import { existsSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { guardServers } from './front.mjs'
import { ROOT } from './install.mjs'

const standalone = join(ROOT, '.next/standalone')
const server = join(standalone, 'server.js')
if (!existsSync(server)) {
  console.error('There is no build yet: run `npm run build` first')
  process.exit(1)
}

/** The standalone server expects these beside it; a link costs nothing and is never stale. */
for (const name of ['.next/static', 'public']) {
  const [source, target] = [join(ROOT, name), join(standalone, name)]
  if (!existsSync(source) || linkOf(target) === source) continue
  rmSync(target, { recursive: true, force: true })
  symlinkSync(source, target)
}

function linkOf(path) {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

/** The build leaves a copy of .env there, which would go stale; the one in the repository's folder is read instead. */
rmSync(join(standalone, '.env'), { force: true })
if (existsSync(join(ROOT, '.env'))) process.loadEnvFile(join(ROOT, '.env'))

/** As the process was given it: Next writes into PORT before Halftone reads it. */
Reflect.set(globalThis, Symbol.for('halftone.environment'), { ...process.env })

const LOOPBACK = /^(localhost|::1|127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/i
const host = process.env.HALFTONE_HOST?.trim() ?? ''
/** Anything else is refused by the server's own reading of the environment; until then nothing else is listened on. */
process.env.HOSTNAME = LOOPBACK.test(host) ? host : '127.0.0.1'
/** Next would wait for ever for open streams; lib/server/start.ts ends the process instead. */
process.env.NEXT_MANUAL_SIG_HANDLE = 'true'
process.env.NEXT_TELEMETRY_DISABLED = '1'
guardServers()
await import(pathToFileURL(server).href)
