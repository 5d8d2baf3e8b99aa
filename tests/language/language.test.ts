import { describe, expect, test } from 'vitest'
import { en } from '@/lib/language/en/catalogue'
import { languageOf, themeOf } from '@/lib/language/language'
import { zh } from '@/lib/language/zh/catalogue'

test.each([
  ['what was chosen wins', 'zh-CN', 'en', 'zh-CN'],
  ['a foreign cookie counts for nothing', 'klingon', 'zh', 'zh-CN'],
  ['Chinese is Chinese in any region', undefined, 'zh-TW,zh;q=0.9', 'zh-CN'],
  ['the better wish wins, not the first', undefined, 'en;q=0.4, zh-CN;q=0.8', 'zh-CN'],
  ['a wish of quality 0 is none', undefined, 'zh;q=0, en', 'en'],
  ['an unknown language is passed over', undefined, 'fr, zh;q=0.5', 'zh-CN'],
  ['no wish is English', undefined, null, 'en'],
  ['nonsense is English', undefined, ';;;q=,,,=', 'en'],
  ['zhx is no Chinese', undefined, 'zhx', 'en'],
])('%s', (_case, cookie, accept, expected) => {
  expect(languageOf(cookie, accept)).toBe(expected)
})

test('only light and dark are themes; anything else leaves it to the system', () => {
  expect([themeOf('light'), themeOf('dark'), themeOf('"><script>'), themeOf(undefined)]).toEqual([
    'light',
    'dark',
    undefined,
    undefined,
  ])
})

/** Every text of a catalogue by its path; functions are called with figures and names. */
function textsOf(part: unknown, path = ''): [string, string][] {
  if (typeof part === 'string') return [[path, part]]
  if (typeof part === 'function') {
    const args = Array.from({ length: part.length }, (_, index) => `«${index}»`)
    return [[path, JSON.stringify(part(...args))]]
  }
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([key, value]) => textsOf(value, `${path}.${key}`))
}

describe('the catalogues', () => {
  const [english, chinese] = [
    textsOf({ shared: en.shared, board: en.board, operation: en.operation, start: en.start }),
    textsOf({ shared: zh.shared, board: zh.board, operation: zh.operation, start: zh.start }),
  ]

  test('have the same keys in the same places', () => {
    expect(chinese.map(([path]) => path).sort()).toEqual(english.map(([path]) => path).sort())
  })

  test('leave no text empty', () => {
    expect([...english, ...chinese].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  test('name in Chinese every name and figure that English names', () => {
    const placesOf = (text: string) => [...new Set(text.match(/«\d»/g) ?? [])].sort()
    const plain = new Map(chinese)
    const lost = english.filter(([path, text]) =>
      placesOf(text).some(place => !placesOf(plain.get(path) ?? '').includes(place)),
    )
    expect(lost).toEqual([])
  })

  test('a step that has not begun is not said in Chinese to be done', () => {
    const facts = { name: 'user-v2', image: 'nginx:user-v2', ready: '', replicas: '' }
    const begun = Object.values(zh.operation.step).filter(say => say(facts, 'waiting').startsWith('已'))
    expect(begun).toEqual([])
  })

  test('use the product’s words', () => {
    expect([zh.shared.stable, zh.shared.canary, zh.shared.state.parked]).toEqual(['稳定版', '灰度版', '待命'])
    expect(zh.board.column).toMatchObject({ route: '路由', weight: '权重', rules: '规则', findings: '诊断' })
  })
})
