import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OperationKind } from '@/lib/domain/model/operation'
import { advanced, begun, type StepEvent, stepsOf } from '@/lib/domain/operation/steps'
import { fail } from '@/lib/domain/problem'

const id = { cluster: 'demo', namespace: 'shop', name: 'user-canary' }
const begin = (kind: OperationKind) =>
  begun({ operation: 'o1', kind, id, steps: stepsOf(kind).map(step => ({ step, params: {} })), at: 't0' })
const failure = fail('pods-not-ready', 'no')
const event: fc.Arbitrary<StepEvent> = fc.oneof(
  fc.record({ type: fc.constant('noted' as const), params: fc.record({ ready: fc.nat() }) }),
  fc.constant({ type: 'done' as const }),
  fc.constant({ type: 'skipped' as const, why: 'absent' as const }),
  fc.constant({ type: 'failed' as const, problem: failure.problem }),
)
const kind = fc.constantFrom<OperationKind>('start', 'remove', 'image')

describe('whatever happens', () => {
  test('exactly one step runs while the operation does, and none once it has ended', () => {
    fc.assert(
      fc.property(kind, fc.array(event), (of, events) => {
        let operation = begin(of)
        for (const each of events) {
          operation = advanced(operation, each, 't')
          const running = operation.steps.filter(({ state }) => state === 'running')
          expect(running).toHaveLength(operation.state === 'running' ? 1 : 0)
          expect(operation.endedAt === null).toBe(operation.state === 'running')
          expect(operation.problem === null).toBe(operation.state !== 'failed')
        }
      }),
    )
  })

  test('steps end in their order, and what has ended does not change any more', () => {
    fc.assert(
      fc.property(kind, fc.array(event), (of, events) => {
        let operation = begin(of)
        for (const each of events) {
          const before = operation
          operation = advanced(operation, each, 't')
          if (before.state !== 'running') expect(operation).toBe(before)
          const states = operation.steps.map(({ state }) => state).join()
          expect(states).toMatch(/^((done|skipped),?)*((running|failed),?)?(waiting,?)*$/)
        }
      }),
    )
  })
})

test('what is said of a step stays with it when it fails', () => {
  const noted = advanced(begin('image'), { type: 'noted', params: { ready: 1 } }, 't1')
  const ended = advanced(noted, { type: 'failed', problem: failure.problem }, 't2')
  expect(ended).toMatchObject({ state: 'failed', endedAt: 't2', problem: failure.problem })
  expect(ended.steps[0]).toEqual({ step: 'parked', state: 'failed', at: 't2', params: { ready: 1 } })
  expect(ended.steps[1]?.state).toBe('waiting')
})

test('a start that stays parked has nothing to write after it was proven', () => {
  expect(stepsOf('start', { staysParked: true }).at(-1)).toBe('reachable')
  expect(stepsOf('start').at(-1)).toBe('traffic')
})
