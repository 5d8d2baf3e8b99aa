import { expect, test } from 'vitest'
import { statusOf } from '@/lib/domain/problem'
import { problemText } from '@/lib/language/problem'

const codes = Object.keys(statusOf).filter(code => code !== 'invalid-input')

test.each([...codes, 'no-contact'])('%s is said in Chinese', code => {
  const params = { kind: 'Rollout', name: 'stock', weight: 5, message: 'denied' }
  const text = problemText({ code, title: 'English words', params }, 'zh-CN')
  expect(text).toMatch(/[\u4e00-\u9fff]/)
  expect(text).not.toContain('English words')
})

test.each([
  ['the range is named', 'weight', { rule: 'range', max: 100 }, '100'],
  ['the rule decides', 'header.name', { rule: 'reserved' }, '不能作为标记'],
  ['without a rule the field decides', 'header.name', {}, '字母'],
  ['an unknown field is told with the title', 'whatever', {}, 'Only this'],
])('a wrong input is explained by its field: %s', (_case, field, params, expected) => {
  const problem = { code: 'invalid-input', title: 'Only this', field, params }
  expect(problemText(problem, 'zh-CN')).toContain(expected)
})

test('English is the title as a sentence', () => {
  expect(problemText({ code: 'stale-edit', title: 'Changed meanwhile' }, 'en')).toBe('Changed meanwhile.')
})
