// Random worlds against the real controller, by hand: see docs/differential.md. Runs inside a real cluster.
import { parseArgs } from 'node:util'
import { campaign } from '@/tests/cluster/differential/campaign'
import { controllerSide } from '@/tests/cluster/differential/controller-side'
import { caseOf } from '@/tests/cluster/differential/world'
import { theCluster } from '@/tests/cluster/harness/cluster'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    worlds: { type: 'string', default: '300' },
    batch: { type: 'string', default: '100' },
  },
})
const wish = { seed: Number(values.seed), worlds: Number(values.worlds), batch: Number(values.batch) }

const side = await controllerSide(theCluster())
try {
  const { worlds, answers, differences, lost } = await campaign(side, wish, console.log)
  const found = differences.map(({ world, request, model, gateway }, at) => ({
    ...caseOf({ ...world, requests: [request] }, gateway, `found-${wish.seed}-${at + 1}`),
    note: `model ${model}, controller ${gateway}`,
  }))
  if (found.length > 0) console.log(JSON.stringify(found, null, 2))
  const wrong = `${differences.length} differences, ${lost.length} batches lost`
  console.log(`${worlds} worlds, ${answers} answers, ${wrong} (seed ${wish.seed})`)
  process.exitCode = differences.length + lost.length > 0 ? 1 : 0
} finally {
  await side.close()
}
