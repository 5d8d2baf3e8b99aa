import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Case, skipReason } from '@/scripts/cases/case'
import { judgeByDomain } from '@/scripts/cases/domain'

const file = fileURLToPath(new URL('../fixtures/canary-cases.json', import.meta.url))
const cases = JSON.parse(readFileSync(file, 'utf8')) as (Case & { note?: string })[]
const judged = cases.filter(one => skipReason(one) === null)

describe('the domain answers as controller 1.15.1 was seen to', () => {
  test('all cases but those of other versions and of crashes are judged', () => {
    expect(cases.length - judged.length).toBe(2)
    expect(judged.length).toBe(128)
  })

  test.each(judged.map(one => [one.id, one.note ?? '', one] as const))('%s %s', (_id, _note, one) => {
    expect(judgeByDomain(one)).toBeNull()
  })
})
