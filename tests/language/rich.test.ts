import { expect, test } from 'vitest'
import { canary, code, plain, rich, strong } from '@/lib/language/rich'

test('a sentence keeps its parts apart and reads as a whole', () => {
  const sentence = rich`${strong('1 in 5')} requests to ${code('/user')} goes to ${canary('user-v2')}.`
  expect(plain(sentence)).toBe('1 in 5 requests to /user goes to user-v2.')
  expect(sentence.filter(piece => typeof piece !== 'string')).toHaveLength(3)
})

test('sentences can hold sentences and figures', () => {
  expect(plain(rich`a ${rich`b ${code('c')}`} ${7}`)).toBe('a b c 7')
})
