import { expect, vi } from 'vitest'
import type { Saying, Screen } from '@/tests/cluster/timing/screen'
import type { Asker, Seen, Witness } from '@/tests/cluster/timing/witness'

/** Halftone as a person sees it, and somebody who watches the gateway. */
export type Scene = { screen: Screen; witness: Witness }

/** One change: what is written, who is answered otherwise then, by whom, and what the screen shows once it knows. */
export type Change = {
  write: () => Promise<void>
  asker: Asker
  who: string
  isShown: (saying: Saying) => boolean
}

/** A change that everybody at the gateway has seen. Units: milliseconds of the wall clock. */
export type Written = { startMs: number; writtenMs: number; firstMs: number; lastOldMs: number }

/** Units: milliseconds from when the write was sent. `stated` is when it was in effect as the screen has it. */
export type Timed = { written: number; first: number; lastOld: number; stated: number; shown: number }

const PATIENCE_MS = 40_000
const EVERY_MS = 20
/** So many answers in a row, each on a connection of its own. */
const IN_A_ROW = 40

const until = (isSo: () => void) => vi.waitFor(isSo, { timeout: PATIENCE_MS, interval: EVERY_MS })

/** Writes a change and waits until everybody who asks is answered by the new side. */
export async function written({ witness }: Scene, { write, asker, who }: Change): Promise<Written> {
  const startMs = Date.now()
  await write()
  const writtenMs = Date.now()
  const answers = () => witness.since(startMs, asker)
  await until(() => {
    const latest = answers().slice(-IN_A_ROW)
    expect(latest.length === IN_A_ROW && latest.every(each => each.who === who)).toBe(true)
  })
  return { startMs, writtenMs, ...turnOf(answers(), who) }
}

/** The first answer of the new side, and when the last question was asked that the old one answered. */
function turnOf(answers: readonly Seen[], who: string): { firstMs: number; lastOldMs: number } {
  const lastOld = answers.findLast(each => each.who !== who)
  const first = answers.find(each => each.who === who)
  return { firstMs: first?.heardMs ?? Number.NaN, lastOldMs: lastOld?.askedMs ?? Number.NaN }
}

/** What the screen said of this change, from `fromMs` to `untilMs`, to be in effect. */
function claimsOn(
  { screen }: Scene,
  { asker, isShown }: Change,
  [fromMs, untilMs]: [number, number],
): Saying[] {
  return screen
    .since(fromMs)
    .filter(each => each.atMs < untilMs && isShown(each) && each.evidence[asker] === 'in-effect')
}

/**
 * Checks every claim of the screen that a change is in effect: it rests on an answer to a question asked after the change
 * was written, and of whoever asks after the moment that the screen gives, nobody is answered as before.
 */
export function expectTrue(scene: Scene, change: Change, [fromMs, untilMs]: [number, number]): void {
  const { asker, who } = change
  for (const { inEffectMs, atMs } of claimsOn(scene, change, [fromMs, untilMs])) {
    expect(inEffectMs, 'when it was in effect, as the screen has it').toBeGreaterThan(fromMs)
    const statedMs = Math.min(inEffectMs ?? atMs, atMs)
    const asBefore = scene.witness
      .since(statedMs, asker)
      .filter(each => each.askedMs < untilMs && each.who !== who)
    const lastMs = (asBefore.at(-1)?.askedMs ?? statedMs) - statedMs
    expect(asBefore.length, `as before up to ${lastMs} ms after the screen has it in effect`).toBe(0)
  }
}

/** Writes a change, waits until the screen says that it is in effect, and checks that this is true. */
export async function proven(scene: Scene, change: Change): Promise<Timed> {
  const { screen, witness } = scene
  const { startMs, writtenMs } = await written(scene, change)
  const claims = () => claimsOn(scene, change, [writtenMs, Number.POSITIVE_INFINITY])
  await until(() => expect(claims().length).toBeGreaterThan(0))
  const [claim] = claims()
  const heardLater = witness.count + IN_A_ROW
  await until(() => expect(witness.count).toBeGreaterThan(heardLater))
  expectTrue(scene, change, [startMs, Number.POSITIVE_INFINITY])
  const { firstMs, lastOldMs } = turnOf(witness.since(startMs, change.asker), change.who)
  screen.forget()
  witness.forget(Date.now())
  const since = (ms: number) => Math.round(ms - startMs)
  return {
    written: since(writtenMs),
    first: since(firstMs),
    lastOld: since(lastOldMs),
    stated: since(claim?.inEffectMs ?? Number.NaN),
    shown: since(claim?.atMs ?? Number.NaN),
  }
}
