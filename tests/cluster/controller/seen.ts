import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Ground } from '@/tests/cluster/controller/ground'

/** Whom to ask: a host, and what the request carries. */
export type Question = { host: string; headers?: Readonly<Record<string, string>> }

/** So many answers in a row, each on a connection of its own, come from every worker of nginx. */
const IN_A_ROW = 20
const PATIENCE = 10
const BETWEEN_MS = 15
const SHORT_MS = 2
/** Enough to tell shares apart that differ by a third. */
const AT_LEAST = 200

const whoAnswers = async (ground: Ground, { host, headers = {} }: Question): Promise<string> =>
  (await ground.ask(host, headers)).who

/** Waits until everybody who asks is answered by `who`. Errors: fails after ten times the bound. */
export async function becomes(ground: Ground, question: Question, who: string): Promise<void> {
  const untilMs = performance.now() + PATIENCE * ground.boundMs
  let last = ''
  for (let row = 0; row < IN_A_ROW; ) {
    last = await whoAnswers(ground, question)
    row = last === who ? row + 1 : 0
    if (row === 0 && performance.now() > untilMs) break
    await pause(BETWEEN_MS)
  }
  expect(last, `${question.host} ${JSON.stringify(question.headers ?? {})}`).toBe(who)
}

/** What is answered for twice the time in which the controller applies whatever it applies at all. */
export async function answersMeanwhile(ground: Ground, question: Question): Promise<string[]> {
  const untilMs = performance.now() + 2 * ground.boundMs
  const answers: string[] = []
  while (performance.now() < untilMs || answers.length < AT_LEAST) {
    answers.push(await whoAnswers(ground, question))
    await pause(SHORT_MS)
  }
  return answers
}

/** Asserts that nothing changes, for twice the time in which it would have. */
export async function stays(ground: Ground, question: Question, who: string): Promise<void> {
  const answers = await answersMeanwhile(ground, question)
  expect(new Set(answers), question.host).toEqual(new Set([who]))
}

/** One answer now. */
export async function is(ground: Ground, question: Question, who: string): Promise<void> {
  expect(await whoAnswers(ground, question), question.host).toBe(who)
}

/** Milliseconds from now to the first answer by `who`. Errors: fails after ten times the bound. */
export async function firstAnswer(ground: Ground, question: Question, who: string): Promise<number> {
  const startMs = performance.now()
  while (performance.now() < startMs + PATIENCE * ground.boundMs) {
    if ((await whoAnswers(ground, question)) === who) return Math.round(performance.now() - startMs)
    await pause(SHORT_MS)
  }
  throw new Error(`${question.host} is never answered by ${who}`)
}

/** Milliseconds from now to when the last question was asked that `who` still answered; 0 for none. */
export async function lastAnswer(ground: Ground, question: Question, who: string): Promise<number> {
  const startMs = performance.now()
  let lastMs = 0
  while (performance.now() < startMs + 2 * ground.boundMs) {
    const askedMs = performance.now()
    if ((await whoAnswers(ground, question)) === who) lastMs = askedMs
    await pause(SHORT_MS)
  }
  return lastMs && Math.round(lastMs - startMs)
}
