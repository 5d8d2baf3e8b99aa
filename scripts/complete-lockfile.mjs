// Adds a stub for every optional dependency that the registry's answer left out of package-lock.json.
// Without them `npm ci` refuses the lock on the machine that wrote it, and other platforms cannot use it.
// Prints `N added`. With `--check` nothing is written, and the exit code is 1 when N is not 0.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url))
const lock = JSON.parse(readFileSync(file, 'utf8'))
const check = process.argv.includes('--check')

/** Every place npm may have put `name` for the package at `path`, nearest first. */
function* placesOf(path, name) {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('/node_modules/'))) {
    yield at ? `${at}/node_modules/${name}` : `node_modules/${name}`
    if (!at) return
    if (!at.includes('/node_modules/')) yield `node_modules/${name}`
    if (!at.includes('/node_modules/')) return
  }
}

const missing = new Map()
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const found = [...placesOf(path, name)].some(place => lock.packages[place])
    if (!found) missing.set(`node_modules/${name}`, { name, range })
  }
}

const OS = {
  darwin: 'darwin',
  linux: 'linux',
  linuxmusl: 'linux',
  win32: 'win32',
  windows: 'win32',
  android: 'android',
  freebsd: 'freebsd',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  aix: 'aix',
}
const CPU = [
  'arm64',
  'arm',
  'x64',
  'ia32',
  'ppc64',
  'ppc64le',
  'riscv64',
  's390x',
  'loong64',
  'mips64el',
  'wasm32',
]

/** The platform that a binary package's name announces: `@next/swc-linux-x64-musl` → linux, x64, musl. */
function platformOf(name) {
  const words = name.split(/[/-]/)
  const os = words.map(word => OS[word]).find(Boolean)
  const cpu = CPU.find(each => words.includes(each))
  const libc = words.some(word => word.includes('musl'))
    ? 'musl'
    : words.some(word => /^gnu/.test(word))
      ? 'glibc'
      : undefined
  return {
    ...(cpu && { cpu: [cpu] }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] }),
  }
}

if (!check && missing.size) {
  for (const [place, { name, range }] of missing) {
    lock.packages[place] = { version: range.replace(/^[^0-9]*/, ''), ...platformOf(name) }
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1))
  lock.packages = Object.fromEntries(sorted)
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
}

console.log(`${missing.size} added`)
if (check && missing.size) process.exitCode = 1
