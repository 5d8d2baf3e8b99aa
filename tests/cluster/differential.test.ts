import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Case, skipReason } from '@/scripts/cases/case'
import { judgeByDomain } from '@/scripts/cases/domain'
import { judgeByGateway } from '@/scripts/cases/gateway'
import { Stand } from '@/scripts/cases/stand'
import { campaign } from '@/tests/cluster/differential/campaign'
import { controllerSide } from '@/tests/cluster/differential/controller-side'
import { Field } from '@/tests/cluster/differential/field'
import { judgeByController } from '@/tests/cluster/differential/fixture'
import type { Side } from '@/tests/cluster/differential/side'
import { decided, differs, type Row, tableOf } from '@/tests/cluster/differential/table'
import { judgeByWebhook } from '@/tests/cluster/differential/webhook'
import { theCluster } from '@/tests/cluster/harness/cluster'

const FIXTURE_MS = 600_000
const WORLDS_MS = 900_000

const read = (name: string) =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`../fixtures/${name}.json`, import.meta.url)), 'utf8'),
  ) as Case[]
const cases = ['canary-cases', 'merge-cases', 'found-cases']
  .flatMap(read)
  .filter(one => one.until === undefined)

let side: Side
let stand: Stand
beforeAll(async () => {
  side = await controllerSide(theCluster())
  stand = await Stand.open()
})
afterAll(() => Promise.all([side.close(), stand.close()]))

async function judgeAll(): Promise<Row[]> {
  const field = await Field.open(side)
  const byController = await judgeByController(field, cases)
  const byWebhook = await judgeByWebhook(field, cases)
  const rows: Row[] = []
  for (const one of cases) {
    const isModelled = skipReason(one) === null
    rows.push({
      id: one.id,
      domain: isModelled ? judgeByDomain(one) : null,
      gateway: isModelled && one.request ? await judgeByGateway(stand, one, one.request) : null,
      controller: byController.get(one.id) ?? byWebhook.get(one.id) ?? null,
    })
  }
  return rows
}

describe('the model, the sandbox and the real controller', () => {
  test(
    'answer every case alike, but those that docs/differential.md decides about',
    async () => {
      const rows = (await judgeAll()).filter(differs)
      console.log(tableOf(rows))
      expect(rows.map(({ id }) => id).sort()).toEqual(decided().sort())
    },
    FIXTURE_MS,
  )

  test(
    'three hundred random worlds are answered by the controller as the model says',
    async () => {
      await side.restart()
      const { differences, lost } = await campaign(side, { seed: 4, worlds: 300, batch: 50 }, console.log)
      expect(lost).toEqual([])
      expect(differences.map(each => JSON.stringify(each))).toEqual([])
    },
    WORLDS_MS,
  )
})
