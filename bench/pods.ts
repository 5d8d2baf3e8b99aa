import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { PODS, type PodsMeasured } from '@/bench/pods/measure'

const PAIRS = 5
const run = promisify(execFile)
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/** Makes one file of a program, so that it runs in a bare Node process; packages stay as they are installed. */
async function bundle(program: string, folder: string): Promise<string> {
  const outfile = join(folder, `${program}.mjs`)
  await build({
    entryPoints: [here(`./${program}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  })
  return outfile
}

async function measureIn(program: string, url: string): Promise<PodsMeasured> {
  const { stdout } = await run(process.execPath, ['--conditions=react-server', program, url])
  return JSON.parse(stdout) as PodsMeasured
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const worker = new Worker(new URL('./pods/server.mjs', import.meta.url), { workerData: { count: PODS } })
const { port } = await new Promise<{ port: number }>(resolve => worker.once('message', resolve))
const url = `http://127.0.0.1:${port}`
const folder = await mkdtemp(join(tmpdir(), 'halftone-bench-'))
await symlink(here('../node_modules'), join(folder, 'node_modules'))
const programs = [await bundle('pods-ours', folder), await bundle('pods-informer', folder)] as const
const [ours, theirs]: [PodsMeasured[], PodsMeasured[]] = [[], []]
for (let i = 0; i < PAIRS; i += 1) {
  ours.push(await measureIn(programs[0], url))
  theirs.push(await measureIn(programs[1], url))
}
await worker.terminate()
await rm(folder, { recursive: true })

const of = (runs: PodsMeasured[], key: keyof PodsMeasured) => median(runs.map(each => each[key]))
const row = (name: string, key: keyof PodsMeasured) => ({
  what: name,
  ours: Math.round(of(ours, key)),
  'client-node informer': Math.round(of(theirs, key)),
  ratio: Number((of(ours, key) / of(theirs, key)).toFixed(2)),
})
console.table([
  row('pods', 'pods'),
  row('memory (RSS), MB', 'rssMB'),
  row('until listed, ms', 'listMs'),
  row('longest event-loop block, ms', 'longestBlockMs'),
  row('one JSON.parse of the list, ms', 'oneParseMs'),
])
const part = of(ours, 'longestBlockMs') / of(ours, 'oneParseMs')
console.log(`longest block ÷ one JSON.parse of the same list: 1/${Math.round(1 / part)} (must reach 1/20)`)
