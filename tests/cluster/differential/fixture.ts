import { setTimeout as sleep } from 'node:timers/promises'
import type { Case } from '@/scripts/cases/case'
import type { Field } from '@/tests/cluster/differential/field'
import { judgeParsed, liveBackends } from '@/tests/cluster/differential/parsed'
import { type Plot, plotFor } from '@/tests/cluster/differential/plot'
import { touchesCatchAll } from '@/tests/cluster/differential/reduce'
import { GatewayLost } from '@/tests/cluster/differential/sentinel'
import { judge } from '@/tests/cluster/differential/verdict'
import { worldOf } from '@/tests/cluster/differential/world'

/** What was wrong with each case, by its id; null where it holds. */
export type Verdicts = Map<string, string | null>

const SETTLE_MS = 3_000
const AGAIN_MS = 250

async function judgeStaged(field: Field, one: Case, plot: Plot): Promise<string | null> {
  const { request } = one
  const ask = async () =>
    request ? judge(field.side, { one, request, plot }) : judgeParsed(one, plot, await liveBackends())
  const giveUpAt = performance.now() + SETTLE_MS
  let wrong = await ask()
  while (wrong !== null && performance.now() < giveUpAt) {
    await sleep(AGAIN_MS)
    wrong = await ask()
  }
  return wrong
}

/** Puts up cases beside each other and judges each. Errors: rejects where they end the gateway. */
async function judgeTogether(field: Field, cases: readonly Case[], verdicts: Verdicts): Promise<void> {
  const { namespace } = field
  const staged = cases.map((one, slot) => ({
    one,
    world: worldOf(one),
    plot: plotFor(worldOf(one), { namespace, slot }),
  }))
  try {
    await field.putUp(staged)
    for (const { one, plot } of staged) verdicts.set(one.id, await judgeStaged(field, one, plot))
  } finally {
    await field.takeDown()
  }
}

/** Judges a case that has the gateway to itself, and may end it: then it is started again. */
async function judgeAlone(field: Field, one: Case, verdicts: Verdicts): Promise<void> {
  const shallCrash = one.expect.controller === 'panic'
  try {
    await judgeTogether(field, [one], verdicts)
    if (shallCrash) verdicts.set(one.id, 'expected a panic, and the controller lives')
  } catch (error) {
    if (!(error instanceof GatewayLost)) throw error
    verdicts.set(one.id, shallCrash ? null : error.message)
    await field.side.restart()
  }
}

const isLoose = ({ controller }: Case) => controller?.enableAnnotationValidation === false
const isCrash = ({ expect }: Case) => expect.controller === 'panic'
const isAlone = (one: Case) => isCrash(one) || touchesCatchAll(worldOf(one))

/**
 * Judges cases by a real controller: those with hosts of their own together, the others one after another, what crashes
 * it last. Limits: cases of the webhook are left out.
 */
export async function judgeByController(field: Field, cases: readonly Case[]): Promise<Verdicts> {
  const verdicts: Verdicts = new Map()
  const judged = cases.filter(({ expect }) => expect.admission === undefined)
  const [loose, strict] = [judged.filter(isLoose), judged.filter(one => !isLoose(one))]
  await field.side.restart({ flags: ['--enable-annotation-validation=false'] })
  await judgeTogether(field, loose, verdicts)
  await field.side.restart()
  await judgeTogether(
    field,
    strict.filter(one => !isAlone(one)),
    verdicts,
  )
  const alone = strict.filter(isAlone).sort((a, b) => Number(isCrash(a)) - Number(isCrash(b)))
  for (const one of alone) await judgeAlone(field, one, verdicts)
  return verdicts
}
