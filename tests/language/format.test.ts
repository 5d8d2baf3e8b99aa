import { expect, test } from 'vitest'
import { formatOf } from '@/lib/language/format'

const [english, chinese] = [formatOf('en'), formatOf('zh-CN')]
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

test.each([
  [0, 'just now', '刚刚'],
  [4000, '4 s ago', '4 秒前'],
  [59_999, '59 s ago', '59 秒前'],
  [2 * MINUTE, '2 min ago', '2 分钟前'],
  [DAY - 1, '23 h ago', '23 小时前'],
  [DAY, '1 d ago', '1 天前'],
  [1234 * DAY, '1,234 d ago', '1,234 天前'],
])('an age of %i ms is told in one unit, never rounded up', (ms, en, zh) => {
  expect([english.ago(ms), chinese.ago(ms)]).toEqual([en, zh])
})

test('a clock that runs ahead never makes a negative age', () => {
  expect(english.duration(-5000)).toBe('0 s')
  expect(english.ago(-5000)).toBe('just now')
})

test('shares are percents with one decimal, spaced as the language does', () => {
  expect([english.percent(0.18734), chinese.percent(0.18734), english.percent(1)]).toEqual([
    '18.7\u202f%',
    '18.7%',
    '100\u202f%',
  ])
})

test('figures are grouped', () => {
  expect([english.number(12345), chinese.number(12345)]).toEqual(['12,345', '12,345'])
})

test('a list of names ends in a word for and, apart from the names', () => {
  const names = ['user-v2', 'pay-v2', 'v3和']
  expect([english.list(names), chinese.list(names)]).toEqual([
    'user-v2, pay-v2, and v3和',
    'user-v2、pay-v2 和 v3和',
  ])
})
