import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { type Row, tableOf } from '@/bench/table'

/** Each measurement starts what it needs and ends it; they run one after another, so that none disturbs another. */
const BENCHES: Record<string, () => Promise<{ measure: () => Promise<Row[]> }>> = {
  scripts: () => import('@/bench/rows/scripts'),
  pods: () => import('@/bench/rows/pods'),
  memory: () => import('@/bench/rows/memory'),
  stream: () => import('@/bench/rows/stream'),
  painted: () => import('@/bench/rows/painted'),
  tabs: () => import('@/bench/rows/tabs'),
  probe: () => import('@/bench/rows/probe'),
  demo: () => import('@/bench/rows/demo'),
  rollback: () => import('@/bench/rows/rollback'),
  sandbox: () => import('@/bench/rows/sandbox'),
}

const { positionals } = parseArgs({ allowPositionals: true })
const unknown = positionals.filter(name => !(name in BENCHES))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There is ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}

const [load = 0] = loadavg()
if (load > cpus().length / 2)
  console.error(
    `This machine is busy (load ${load.toFixed(1)}): what is a matter of time will look worse than it is.`,
  )

const rows: Row[] = []
for (const [name, load] of Object.entries(BENCHES)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  const startedMs = performance.now()
  const { measure } = await load()
  rows.push(...(await measure()))
  console.error(`${name}: ${Math.round((performance.now() - startedMs) / 1000)} s`)
}
console.log(tableOf(rows))
process.exit(rows.every(({ ok }) => ok !== false) ? 0 : 1)
