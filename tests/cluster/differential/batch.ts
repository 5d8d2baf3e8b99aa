import { setTimeout as sleep } from 'node:timers/promises'
import type { CaseRequest } from '@/scripts/cases/case'
import type { RawAnswer } from '@/scripts/cases/raw-client'
import { askAll } from '@/tests/cluster/differential/ask'
import { changed } from '@/tests/cluster/differential/change'
import { ASKED } from '@/tests/cluster/differential/endpoints'
import type { Field, Placed } from '@/tests/cluster/differential/field'
import { answerOf, answerText, modelOf, targetIn } from '@/tests/cluster/differential/model'
import { answerIn, type Plot, plainText, plotFor, requestIn } from '@/tests/cluster/differential/plot'
import type { Side } from '@/tests/cluster/differential/side'
import type { World } from '@/tests/cluster/differential/world'

/** A request that our model and the gateway answer differently, however often it is asked. */
export type Difference = { world: World; request: CaseRequest; model: string; gateway: string }

type Question = { world: World; plot: Plot; request: CaseRequest; text: string; model: string }

const SETTLE_MS = 3_000
const AGAIN_MS = 250

/** Who gave an answer, as the model would tell it. */
function told({ endpoints }: Side, { status, headers, body }: RawAnswer, target: string): string {
  if (status !== 200) return String(status)
  const asked = headers.get(ASKED) ?? ''
  return answerText(endpoints.nameAt(body), { cookie: headers.has('set-cookie'), asked, target })
}

async function differing(
  side: Side,
  questions: readonly Question[],
): Promise<(Question & { gateway: string })[]> {
  const answers = await askAll(
    side.gatewayPort,
    questions.map(({ text }) => text),
  )
  return questions.flatMap((question, at) => {
    const answer = answers[at]
    const gateway = answer ? told(side, answer, targetIn(question.text)) : 'nothing'
    return gateway === question.model ? [] : [{ ...question, gateway }]
  })
}

/** Asks everything that the worlds on a field ask, and what differs again and again for a while. */
async function askField(field: Field, placed: readonly Placed[]): Promise<Difference[]> {
  const { side } = field
  const model = modelOf(field.ingresses, side.endpoints.peersOf)
  const questions = placed.flatMap(({ world, plot }) =>
    world.requests.map((request): Question => {
      const asked = requestIn(plot, request, plainText)
      const text = requestIn(plot, request, side.cookieText)
      return { world, plot, request, text, model: answerOf(model, asked) }
    }),
  )
  let left = await differing(side, questions)
  const giveUpAt = performance.now() + SETTLE_MS
  while (left.length > 0 && performance.now() < giveUpAt) {
    await sleep(AGAIN_MS)
    left = await differing(side, left)
  }
  return left.map(({ world, plot, request, model, gateway }) => ({
    world,
    request,
    model: answerIn(plot, model),
    gateway: answerIn(plot, gateway),
  }))
}

const hasChanges = ({ world }: Placed) => (world.changes ?? []).length > 0

/**
 * Puts up worlds beside each other, asks everything they ask, before and after their changes, and takes them down.
 * Limits: a difference counts when it has lasted for three seconds; after the changes its world is the changed one.
 */
export async function play(field: Field, worlds: readonly World[]): Promise<Difference[]> {
  const { namespace } = field
  const placed = worlds.map((world, slot) => ({ world, plot: plotFor(world, { namespace, slot }) }))
  try {
    await field.putUp(placed)
    const before = await askField(field, placed)
    if (!placed.some(hasChanges)) return before
    await field.change(placed)
    const later = placed.map(({ world, plot }) => ({ world: changed(world), plot }))
    return [...before, ...(await askField(field, later))]
  } finally {
    await field.takeDown()
  }
}
