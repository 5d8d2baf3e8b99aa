import { fieldsOf, itemsOf, textOf, wholeOf } from '@/lib/domain/raw'
import { type Faults, pluralOf, type Victim } from '../api/faults'
import type { Fields } from '../api/object'
import { Refusal } from '../api/refusal'
import { WRITE_ENDS, type WriteFault } from '../api/write-faults'
import type { AdminOptions } from './admin'

type Far = Pick<AdminOptions, 'api' | 'gateway' | 'room'>

const VICTIMS: readonly Victim[] = ['admin', 'halftone', 'internal', 'none', 'everybody']

/** What each field of `POST /faults` does. */
const PARTS: Readonly<Record<string, (far: Far, victim: Victim, body: Fields) => unknown>> = {
  reset: (far, _victim, { reset }) => reset === true && resetFaults(far),
  expire: ({ api }, _victim, { expire }) => expire === true && api.expire(),
  blackhole: ({ api }, victim, { blackhole }) =>
    api.faults.set(victim, { blackholes: new Set(listed(blackhole).map(each => pluralOf(textOf(each)))) }),
  answer: ({ api }, victim, body) => api.faults.set(victim, { answer: answerIn(body) }),
  delayMs: ({ api }, victim, { delayMs }) => api.faults.set(victim, { delayMs: wholeOf(delayMs) }),
  deny: ({ api }, victim, { deny }) =>
    api.faults.set(victim, { denied: listed(deny).map(each => concerned(each)) }),
  writes: ({ api }, victim, { writes }) => api.faults.writes.set(victim, listed(writes).map(writeFault)),
  watches: ({ api }, victim, { watches }) => watches === 'cut' && api.cutWatches(victim),
  down: ({ api }, victim, { down, token }) => {
    if (down === false) return api.open()
    return down === true && (token === undefined ? api.close() : api.drop(victim))
  },
  gateway: ({ gateway: far }, _victim, { gateway }) => {
    if (gateway === 'up') return far.open()
    return gateway === 'down' && far.shut()
  },
  node: ({ room }, _victim, { node }) => room.set(node === 'full'),
}

/** Makes things go wrong as a request to the admin address says. Errors: BadRequest for a fault or a token there is not. */
export async function setFaults(far: Far, body: Fields): Promise<Fields> {
  const victim = VICTIMS.find(each => each === (body.token ?? 'halftone'))
  if (!victim) throw new Refusal('BadRequest', `token is one of ${VICTIMS.join(', ')}`)
  const unknown = Object.keys(body).find(key => key !== 'token' && !Object.hasOwn(PARTS, key))
  if (unknown !== undefined) throw new Refusal('BadRequest', `there is no fault ${unknown}`)
  for (const [key, act] of Object.entries(PARTS)) if (key in body) await act(far, victim, body)
  return { done: true }
}

/** Ends all faults. */
export async function resetFaults({ api, gateway, room }: Far): Promise<Fields> {
  api.faults.reset()
  room.set(false)
  await api.open()
  await gateway.open()
  return { done: true }
}

/** One or several; null is none. */
const listed = (raw: unknown): readonly unknown[] =>
  raw === null ? [] : Array.isArray(raw) ? itemsOf(raw) : [raw]

const concerned = (raw: unknown, verb = '*') => ({
  verb: textOf(fieldsOf(raw).verb) || verb,
  kind: pluralOf(textOf(fieldsOf(raw).kind) || '*'),
})

function writeFault(raw: unknown): WriteFault {
  const { end, at, message, status } = fieldsOf(raw)
  const known = WRITE_ENDS.find(each => each === end)
  if (!known) throw new Refusal('BadRequest', `end is one of ${WRITE_ENDS.join(', ')}`)
  return {
    ...concerned(raw, 'create'),
    end: known,
    at: at === undefined ? undefined : wholeOf(at, 1),
    message: textOf(message) || 'the sandbox was asked to refuse this',
    status: status === 400 ? 400 : 403,
  }
}

function answerIn({ answer }: Fields): Parameters<Faults['set']>[1]['answer'] {
  if (answer === null) return undefined
  const { status, percent, retryAfter } = fieldsOf(answer)
  return {
    status: wholeOf(status, 500),
    percent: Math.min(100, wholeOf(percent, 100)),
    retryAfter: retryAfter === undefined ? undefined : wholeOf(retryAfter),
  }
}
