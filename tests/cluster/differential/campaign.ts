import fc from 'fast-check'
import { worlds } from '@/tests/cluster/differential/arbitrary'
import { type Difference, play } from '@/tests/cluster/differential/batch'
import { Field } from '@/tests/cluster/differential/field'
import { reduced } from '@/tests/cluster/differential/reduce'
import { GatewayLost } from '@/tests/cluster/differential/sentinel'
import type { Side } from '@/tests/cluster/differential/side'
import type { World } from '@/tests/cluster/differential/world'

/** How many random worlds to try, and how many to put up at once. The same wish makes the same worlds. */
export type Wish = { seed: number; worlds: number; batch: number }

/** What came of it: `differences` are reduced where the world alone shows them; `lost` says which batches ended the gateway. */
export type Outcome = { worlds: number; answers: number; differences: Difference[]; lost: string[] }

/** Worlds of one batch that are reduced: the others most likely show the same. */
const REDUCED_AT_MOST = 3

/** The worlds in batches, one of each batch with the catch-all server to itself. */
export function batchesOf({ seed, worlds: count, batch }: Wish): World[][] {
  const batches = Math.ceil(count / batch)
  const alone = fc.sample(worlds({ catchAll: true }), { seed, numRuns: batches })
  const others = fc.sample(worlds({ catchAll: false }), { seed, numRuns: count - batches })
  return alone.map((world, at) => [...others.slice(at * (batch - 1), (at + 1) * (batch - 1)), world])
}

/** The first difference of each world. */
const onePerWorld = (differences: readonly Difference[]): Difference[] =>
  differences.filter(({ world }, at) => differences.findIndex(each => each.world === world) === at)

/** Everything is asked once, and again where any world changes. */
const answersTo = (batch: readonly World[]): number =>
  batch.flatMap(({ requests }) => requests).length *
  (batch.some(({ changes = [] }) => changes.length > 0) ? 2 : 1)

async function tryBatch(
  field: Field,
  batch: readonly World[],
): Promise<{ found: number; reduced: Difference[] }> {
  const found = onePerWorld(await play(field, batch))
  const differences: Difference[] = []
  for (const difference of found.slice(0, REDUCED_AT_MOST)) {
    differences.push((await reduced(field, difference)) ?? difference)
  }
  return { found: found.length, reduced: differences }
}

/** Tries random worlds on one side, batch by batch, and tells of each in a line. */
export async function campaign(side: Side, wish: Wish, say: (line: string) => void): Promise<Outcome> {
  const field = await Field.open(side)
  const batches = batchesOf(wish)
  const outcome: Outcome = { worlds: 0, answers: 0, differences: [], lost: [] }
  for (const [at, batch] of batches.entries()) {
    const startedMs = performance.now()
    const name = `batch ${at + 1} of ${batches.length}`
    try {
      const { found, reduced: differences } = await tryBatch(field, batch)
      outcome.differences.push(...differences)
      outcome.worlds += batch.length
      outcome.answers += answersTo(batch)
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
      say(`${name}: ${batch.length} worlds, ${found} answered differently, ${seconds} s`)
    } catch (error) {
      if (!(error instanceof GatewayLost)) throw error
      outcome.lost.push(`${name}: ${error.message}`)
      say(`${name}: ${error.message}`)
      await side.restart()
    }
  }
  return outcome
}
