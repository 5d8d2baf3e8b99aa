import { expect, test } from 'vitest'
import { isBefore, parseVersion } from '@/lib/domain/status/version'

test.each([
  // version, is it before 1.12.1?
  ['v1.11.5', true],
  ['1.12.0', true],
  ['v1.12.0-beta.0', true],
  ['v1.12.1-rc.1', true],
  ['v1.12.1', false],
  ['nginx-1.12.1-hardened2', false],
  ['1.12.2-debian-12-r0', false],
  ['v1.13.0-beta.0', false],
  ['2.0.0', false],
  ['0.33.0', true],
  ['v1.11', true],
  ['v1.12', null],
  ['latest', null],
  ['', null],
])('%s against 1.12.1', (text, before) => {
  expect(isBefore(parseVersion(text), [1, 12, 1])).toBe(before)
})

test('a moving tag is not before the first of its own', () => {
  expect(isBefore(parseVersion('v1.12'), [1, 12, 0])).toBe(false)
})
