import { expect, test } from 'vitest'
import { humanDuration } from '@/sandbox/api/duration'

test.each([
  [0, '0s'],
  [119, '119s'],
  [120, '2m'],
  [192, '3m12s'],
  [1800, '30m'],
  [3 * 3600, '3h'],
  [3 * 3600 + 60, '3h1m'],
  [47 * 3600, '47h'],
  [50 * 3600, '2d2h'],
  [12 * 86_400, '12d'],
  [800 * 86_400, '2y70d'],
  [-5, '<invalid>'],
])('%i seconds are shown as %s, as kubectl does', (seconds, text) => {
  expect(humanDuration(seconds * 1000)).toBe(text)
})
