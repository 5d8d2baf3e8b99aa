import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { PODS, type PodsMeasured } from '@/bench/pods/measure'

const PAIRS = 5
const run = promisify(execFile)
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

async function measureIn(program: string, url: string): Promise<PodsMeasured> {
  const flags = ['--conditions=react-server', '--import', 'tsx']
  const { stdout } = await run(process.execPath, [...flags, here(program), url])
  return JSON.parse(stdout) as PodsMeasured
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const worker = new Worker(new URL('./server.mjs', import.meta.url), { workerData: { count: PODS } })
const { port } = await new Promise<{ port: number }>(resolve => worker.once('message', resolve))
const url = `http://127.0.0.1:${port}`
const [ours, theirs]: [PodsMeasured[], PodsMeasured[]] = [[], []]
for (let i = 0; i < PAIRS; i += 1) {
  ours.push(await measureIn('./ours.ts', url))
  theirs.push(await measureIn('./informer.ts', url))
}
await worker.terminate()

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
