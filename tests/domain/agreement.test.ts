import { expect, test } from 'vitest'
import type { SentRequest } from '@/lib/contract'
import { agreementOf } from '@/lib/domain/agreement'

type Case = Pick<SentRequest, 'predicted' | 'answered'> &
  Partial<SentRequest> & { affinity?: 'none' | 'sticky' }

test.each<[string, Case, string]>([
  ['the version that was predicted', { predicted: 'canary', answered: 'canary' }, 'as-predicted'],
  ['the other one', { predicted: 'canary', answered: 'stable' }, 'differs elsewhere'],
  ['the other way round', { predicted: 'stable', answered: 'canary' }, 'differs elsewhere'],
  [
    'a change that is not due comes first',
    { predicted: 'canary', answered: 'stable', isDue: false },
    'differs not-due elsewhere',
  ],
  [
    'affinity is named where there is some',
    { predicted: 'canary', answered: 'stable', isDue: false, affinity: 'sticky' },
    'differs not-due affinity elsewhere',
  ],
  ['one answer of a split', { predicted: 'split', answered: 'canary' }, 'proves-nothing'],
  ['whichever it is', { predicted: 'split', answered: 'stable' }, 'proves-nothing'],
  ['a split without a version', { predicted: 'split', answered: 'unknown', status: 200 }, 'cannot-tell'],
  ['nothing was predicted', { predicted: 'unknown', answered: 'stable' }, 'cannot-tell'],
  ['a 503 that was predicted', { predicted: '503', answered: 'error', status: 503 }, 'as-predicted'],
  ['a version where 503 was predicted', { predicted: '503', answered: 'stable' }, 'differs elsewhere'],
  ['no answer', { predicted: '503', answered: 'error', status: null }, 'cannot-tell'],
  ['an answer of neither version', { predicted: 'canary', answered: 'unknown', status: 200 }, 'cannot-tell'],
])('%s', (_case, { affinity = 'none', status = 200, isDue = true, ...answer }, expected) => {
  const agreement = agreementOf({ ...answer, status, isDue }, { affinity })
  const reasons = agreement.kind === 'differs' ? agreement.reasons : []
  expect([agreement.kind, ...reasons].join(' ')).toBe(expected)
})
