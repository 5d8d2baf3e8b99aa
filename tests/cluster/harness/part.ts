import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { CACHE, SOURCES } from '@/tests/cluster/harness/place'

/** Something that is built once and kept: `from` are the files of the repository it is made of, `with` what else decides it. */
export type Part = {
  name: string
  from: readonly string[]
  with: readonly string[]
  build: (folder: string) => void | Promise<void>
}

const LOCK_MS = 100

function filesBelow(path: string): string[] {
  const full = join(SOURCES, path)
  if (statSync(full).isFile()) return [full]
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter(each => each.isFile())
    .map(each => join(each.parentPath, each.name))
    .sort()
}

function keyOf(part: Part): string {
  const hash = createHash('sha256').update(JSON.stringify(part.with))
  for (const file of part.from.flatMap(filesBelow))
    hash.update(file.slice(SOURCES.length)).update(readFileSync(file))
  return hash.digest('hex').slice(0, 12)
}

/** Where a part is, or will be, kept. */
export const folderOf = (part: Part): string => join(CACHE, 'built', `${part.name}-${keyOf(part)}`)

const isRunning = (pid: string): boolean => pid !== '' && existsSync(`/proc/${pid}`)

/** Takes a lock that dies with its holder; resolves to what gives it back. */
async function lock(name: string): Promise<() => void> {
  const file = join(CACHE, `${name}.lock`)
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch {
      if (!isRunning(readFileSync(file, { encoding: 'utf8', flag: 'a+' }))) rmSync(file, { force: true })
      else await wait(LOCK_MS)
    }
  }
}

/** The folder of a part, built if it is not there. Half a build is never taken for a whole one. */
export async function ensurePart(part: Part): Promise<string> {
  const folder = folderOf(part)
  if (existsSync(folder)) return folder
  mkdirSync(join(CACHE, 'built'), { recursive: true })
  const release = await lock(part.name)
  try {
    if (existsSync(folder)) return folder
    const startedMs = performance.now()
    console.error(`Building ${part.name} …`)
    const half = `${folder}.half`
    rmSync(half, { recursive: true, force: true })
    mkdirSync(half)
    await part.build(half)
    renameSync(half, folder)
    console.error(`Built ${part.name} in ${Math.round((performance.now() - startedMs) / 1000)} s`)
  } finally {
    release()
  }
  return folder
}
