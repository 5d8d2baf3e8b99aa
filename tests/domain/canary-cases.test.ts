import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type Case, skipReason } from '@/scripts/cases/case'
import { judgeByDomain } from '@/scripts/cases/domain'

type Noted = Case & { note?: string }
const read = (name: string) =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`../fixtures/${name}.json`, import.meta.url)), 'utf8'),
  ) as Noted[]
const cases = read('canary-cases')
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

describe('the domain answers as the real controller did where a random world had shown them to differ', () => {
  test.each(read('found-cases').map(one => [one.id, one] as const))('%s', (_id, one) => {
    expect(judgeByDomain(one)).toBeNull()
  })
})

describe('the domain answers as the controller would by its source (canary-semantics.md A.5 to A.8)', () => {
  test.each(read('merge-cases').map(one => [one.id, one] as const))('%s', (_id, one) => {
    expect(judgeByDomain(one)).toBeNull()
  })
})
