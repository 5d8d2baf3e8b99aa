import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { PODS, type PodsMeasured } from '@/bench/pods/measure'
import { ROOT } from '@/bench/run/program'
import { median, oneIn } from '@/bench/statistics'
import type { Row } from '@/bench/table'

const [PAIRS, MEMORY_PART, BLOCK_PART] = [5, 0.3, 1 / 20]
const run = promisify(execFile)

/** Makes one file of a program, so that it runs in a bare Node process; packages stay as they are installed. */
async function bundle(program: string, folder: string): Promise<string> {
  const outfile = join(folder, `${program}.mjs`)
  await build({
    entryPoints: [join(ROOT, 'bench', `${program}.ts`)],
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
  const measured: PodsMeasured = JSON.parse(stdout)
  if (measured.pods !== PODS) throw new Error(`${program} listed ${measured.pods} pods, not ${PODS}`)
  return measured
}

async function pairs(url: string): Promise<{ ours: PodsMeasured[]; theirs: PodsMeasured[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'halftone-bench-'))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const programs = [await bundle('pods-ours', folder), await bundle('pods-informer', folder)] as const
  const [ours, theirs]: [PodsMeasured[], PodsMeasured[]] = [[], []]
  for (let pair = 0; pair < PAIRS; pair += 1) {
    ours.push(await measureIn(programs[0], url))
    theirs.push(await measureIn(programs[1], url))
  }
  await rm(folder, { recursive: true })
  return { ours, theirs }
}

/** Ten thousand pods in our adapter and in client-node's informer, each in a bare Node process. */
export async function measure(): Promise<Row[]> {
  const worker = new Worker(new URL('../pods/server.mjs', import.meta.url), { workerData: { count: PODS } })
  const { port } = await new Promise<{ port: number }>(resolve => worker.once('message', resolve))
  const { ours, theirs } = await pairs(`http://127.0.0.1:${port}`)
  await worker.terminate()
  const of = (runs: PodsMeasured[], key: keyof PodsMeasured) => median(runs.map(each => each[key]))
  const memory = of(ours, 'rssMB') / of(theirs, 'rssMB')
  const block = median(ours.map(({ longestBlockMs, oneParseMs }) => longestBlockMs / oneParseMs))
  const listed = of(ours, 'listMs') / of(theirs, 'listMs')
  return [
    {
      what: 'memory (RSS) for 10,000 pods, bare process',
      ours: `${Math.round(of(ours, 'rssMB'))} MB`,
      against: `client-node's informer ${Math.round(of(theirs, 'rssMB'))} MB`,
      ratio: memory.toFixed(2),
      must: `≤ ${MEMORY_PART} ×`,
      ok: memory <= MEMORY_PART,
    },
    {
      what: 'longest event-loop block while listing 10,000 pods',
      ours: `${Math.round(of(ours, 'longestBlockMs'))} ms`,
      against: `one JSON.parse ${Math.round(of(ours, 'oneParseMs'))} ms (informer's block ${Math.round(of(theirs, 'longestBlockMs'))} ms)`,
      ratio: oneIn(block),
      must: `≤ ${oneIn(BLOCK_PART)}`,
      ok: block <= BLOCK_PART,
    },
    {
      what: 'time to list 10,000 pods',
      ours: `${Math.round(of(ours, 'listMs'))} ms`,
      against: `client-node's informer ${Math.round(of(theirs, 'listMs'))} ms`,
      ratio: listed.toFixed(2),
      must: '',
      ok: null,
    },
  ]
}
