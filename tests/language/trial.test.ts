import { describe, expect, test } from 'vitest'
import type { TrialWord } from '@/lib/domain/trial-word'
import { en } from '@/lib/language/en/catalogue'
import { plain } from '@/lib/language/rich'
import { zh } from '@/lib/language/zh/catalogue'

const params = {
  host: 'shop.test',
  path: '/user',
  pathType: 'Prefix',
  namespace: 'shop',
  ingress: 'main',
  service: 'app',
  instead: 'spare',
  cookie: 'stay',
  side: 'canary',
  canary: 'next',
  name: 'role',
  got: 'x',
  value: 'qa',
  pattern: '^a',
  weight: 1200,
  total: 2000,
  drawn: 7,
}
const words = Object.keys(en.trial.says) as TrialWord[]

/** Names and figures are the same in both languages; the sentence around them is not. */
const factsIn = (text: string) =>
  (text.match(/[a-z0-9^./,-]+/gi) ?? []).map(word => word.replace(/,$/, '')).filter(word => factsOf.has(word))
const factsOf = new Set([
  'shop.test/user',
  'shop/main',
  'app',
  'spare',
  'stay',
  'next',
  'role',
  'x',
  'qa',
  '^a',
  '1,200',
  '2,000',
  '7',
])

describe('what the rungs say', () => {
  test.each(words)('%s is said in both languages, with the same facts', word => {
    const [english, chinese] = [plain(en.trial.says[word](params)), plain(zh.trial.says[word](params))]
    expect(english).not.toMatch(/undefined|null/)
    expect(chinese).toMatch(/[\u4e00-\u9fff]/)
    expect(factsIn(chinese).sort()).toEqual(factsIn(english).sort())
  })

  test('a value without end is cut, an empty one is shown as empty', () => {
    const long = plain(en.trial.says['header-other']({ ...params, got: 'y'.repeat(4096) }))
    expect(long.length).toBeLessThan(140)
    expect(plain(en.trial.says['header-other']({ ...params, got: '' }))).toContain('role is ""')
  })
})
