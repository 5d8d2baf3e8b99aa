import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Layers from the most to the least specific path; the first that fits is a file's layer. */
const LAYERS = [
  ['lib/domain/', 'domain'],
  ['lib/contract.ts', 'contract'],
  ['lib/language/', 'language'],
  ['lib/client.ts', 'client'],
  ['lib/server/', 'server'],
  ['components/ui/', 'ui'],
  ['components/', 'components'],
  ['app/', 'app'],
  ['instrumentation.ts', 'app'],
  ['proxy.ts', 'app'],
  ['sandbox/', 'sandbox'],
  ['scripts/', 'scripts'],
  ['bench/', 'scripts'],
  ['tests/', 'tests'],
] as const

type Layer = (typeof LAYERS)[number][1]

/** Who may import whom: docs/architecture.md shows the same table. */
const ALLOWED: Record<Layer, readonly Layer[]> = {
  domain: ['domain'],
  contract: ['domain'],
  language: ['domain', 'contract', 'language'],
  client: ['domain', 'contract'],
  server: ['domain', 'contract', 'server'],
  ui: ['ui'],
  components: ['domain', 'contract', 'language', 'client', 'ui', 'components'],
  app: ['domain', 'contract', 'language', 'server', 'ui', 'components', 'app'],
  sandbox: ['domain', 'sandbox'],
  scripts: ['domain', 'contract', 'server', 'sandbox', 'scripts'],
  tests: LAYERS.map(([, layer]) => layer),
}

/** Each outside package has one home; `tests` and `bench/` may use any. */
const HOMES: Record<string, RegExp> = {
  '@kubernetes/client-node': /^lib\/server\/kubernetes\//,
  undici: /^(lib\/server\/(kubernetes|sampler)|sandbox\/gateway|scripts)\//,
  recharts: /^components\/release\/chart\//,
  re2js: /^lib\/server\/pattern\.ts$/,
  zod: /^(lib\/(contract|server|domain\/model))/,
  swr: /^(components|app)\//,
  selfsigned: /^sandbox\//,
  yaml: /^lib\/server\/start\//,
  diff: /^lib\/server\/start\//,
}

const FOLDERS = ['app', 'components', 'lib', 'sandbox', 'scripts', 'bench', 'tests']
const files = FOLDERS.flatMap(folder => {
  try {
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      name => `${folder}/${name}`,
    )
  } catch {
    return []
  }
})
  .concat('instrumentation.ts', 'proxy.ts')
  .filter(file => /\.(ts|tsx)$/.test(file) && !file.endsWith('.d.ts'))

const layerOf = (file: string) => LAYERS.find(([prefix]) => file.startsWith(prefix))?.[1]

type Import = { from: string; to: string; typeOnly: boolean }

function importsOf(file: string): Import[] {
  let text = ''
  try {
    text = readFileSync(join(root, file), 'utf8')
  } catch {
    return []
  }
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"()]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/g,
  )
  return [...found].map(([, typeOnly, static_, dynamic]) => ({
    from: file,
    to: static_ ?? dynamic ?? '',
    typeOnly: Boolean(typeOnly),
  }))
}

/** The repository file an import names, or undefined for a package. */
function fileOf({ from, to }: Import): string | undefined {
  const base = to.startsWith('@/')
    ? to.slice(2)
    : to.startsWith('.')
      ? relative(root, resolve(root, dirname(from), to))
      : undefined
  if (base === undefined) return undefined
  return [base, `${base}.ts`, `${base}.tsx`].find(path => files.includes(path)) ?? base
}

const graph = new Map(files.map(file => [file, importsOf(file)]))
const all = [...graph.values()].flat()

/** Packages reachable from a file by value imports. */
function packagesFrom(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  return (graph.get(file) ?? [])
    .filter(each => !each.typeOnly)
    .flatMap(each => {
      const target = fileOf(each)
      return target === undefined ? [each.to] : packagesFrom(target, seen)
    })
}

describe('the house', () => {
  test('every source file belongs to a layer', () => {
    expect(files.filter(file => !layerOf(file))).toEqual([])
  })

  test('imports follow the table', () => {
    const wrong = all.flatMap(each => {
      const [from, target] = [layerOf(each.from), fileOf(each)]
      const to = target && /\.(tsx?|mjs)$/.test(target) ? layerOf(target) : undefined
      return from && to && !ALLOWED[from].includes(to) ? [`${each.from} → ${target}`] : []
    })
    expect(wrong).toEqual([])
  })

  test('nothing climbs out of its own layer with ../', () => {
    const wrong = all.filter(
      each => each.to.startsWith('..') && layerOf(fileOf(each) ?? '') !== layerOf(each.from),
    )
    expect(wrong.map(each => `${each.from} → ${each.to}`)).toEqual([])
  })

  test('each outside package has one home', () => {
    const wrong = all.filter(each => {
      const name = each.to
        .split('/')
        .slice(0, each.to.startsWith('@') ? 2 : 1)
        .join('/')
      const home = HOMES[name]
      return (
        home && !home.test(each.from) && !each.from.startsWith('tests/') && !each.from.startsWith('bench/')
      )
    })
    expect(wrong.map(each => `${each.from} → ${each.to}`)).toEqual([])
  })

  test('the browser takes values only from domain files that reach no package', () => {
    const browser = all.filter(each => !each.typeOnly && /^(components\/|lib\/client)/.test(each.from))
    const wrong = browser.filter(each => {
      const target = fileOf(each)
      return target?.startsWith('lib/domain/') && packagesFrom(target).length > 0
    })
    expect(wrong.map(each => `${each.from} → ${each.to}`)).toEqual([])
  })

  test('the browser imports types, never values, of the contract', () => {
    const wrong = all.filter(
      each =>
        !each.typeOnly &&
        /^(components\/|lib\/client|lib\/language\/)/.test(each.from) &&
        fileOf(each) === 'lib/contract.ts',
    )
    expect(wrong.map(each => `${each.from} → ${each.to}`)).toEqual([])
  })

  test('the domain reaches no package', () => {
    const wrong = all.filter(
      each => layerOf(each.from) === 'domain' && fileOf(each) === undefined && !/^zod/.test(each.to),
    )
    expect(wrong.map(each => `${each.from} → ${each.to}`)).toEqual([])
  })

  test('every file of lib/server says that it is for the server only', () => {
    const wrong = files.filter(
      file =>
        file.startsWith('lib/server/') &&
        !readFileSync(join(root, file), 'utf8').includes("import 'server-only'"),
    )
    expect(wrong).toEqual([])
  })
})
