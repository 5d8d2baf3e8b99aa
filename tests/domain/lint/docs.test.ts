import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findingIds } from '@/lib/domain/finding'
import { controllerTexts } from '@/lib/domain/lint/controller-texts'
import { deadTexts } from '@/lib/domain/lint/dead-texts'
import { mendableIds } from '@/lib/domain/lint/mend'
import { reachTexts } from '@/lib/domain/lint/reach-texts'
import { ruleTexts } from '@/lib/domain/lint/rule-texts'
import { upkeepTexts } from '@/lib/domain/lint/upkeep-texts'

const sections = readFileSync('docs/findings.md', 'utf8').split(/^## /m).slice(1)

const texts = { ...controllerTexts, ...deadTexts, ...ruleTexts, ...reachTexts, ...upkeepTexts }

/** A text in which each parameter is its own name, set as code. */
const named = (template: string) => template.replace(/\{(\w+)\}/g, '`$1`')

test('docs/findings.md has a heading for every finding, in their order', () => {
  expect(sections.map(section => section.split('\n')[0])).toEqual([...findingIds].sort())
})

test.each(findingIds)('%s is explained as the API does, with when it is said and how it is mended', id => {
  const { title, severity, why, fix } = texts[id]
  const [, heading, , when, ...rest] =
    sections
      .find(each => each.startsWith(`${id}\n`))
      ?.trim()
      .split('\n') ?? []
  expect(heading).toMatch(new RegExp(`^\\*\\*.+\\*\\* · .*${severity}`))
  expect(heading).toContain(`**${named(title)}**`)
  expect(when).toMatch(/^- When: \S.+\.$/)
  expect(rest.slice(0, 2)).toEqual([`- Why: ${named(why)}`, `- Fix: ${named(fix)}`])
  expect(rest.length === 3 && /^- Button: \S.+\.$/.test(rest[2] ?? '')).toBe(mendableIds.includes(id))
})
