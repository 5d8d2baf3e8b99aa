import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { statusOf } from '@/lib/domain/problem'

const sections = readFileSync('docs/problems.md', 'utf8').split(/^## /m).slice(1)
const headings = sections.map(section => section.split('\n')[0])

test('docs/problems.md has a heading for every code, in the order of the table, and for the browser’s own', () => {
  expect(headings).toEqual([...Object.keys(statusOf), 'no-contact'])
})

test.each(Object.entries(statusOf))('%s is explained with its status %i', (code, status) => {
  const text = sections.find(section => section.startsWith(`${code}\n`))
  expect(text?.split('\n')[1]).toMatch(new RegExp(`^${status}\\. \\S.+`))
})
