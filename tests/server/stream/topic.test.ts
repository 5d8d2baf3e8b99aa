import { describe, expect, test } from 'vitest'
import { parseTopics } from '@/lib/server/stream/topic'

const parse = (...topics: string[]) => parseTopics(topics, cluster => cluster === 'prod')

describe('topics of a stream', () => {
  test('those a page needs, each once', () => {
    const topics = ['cluster', 'board', 'routes', 'release/prod/shop/cart', 'samples/prod/shop/cart']
    expect(parse(...topics, 'board')).toEqual({ ok: true, value: topics })
  })

  test.each([
    [[]],
    [['']],
    [['everything']],
    [['cluster/prod']],
    [['board/prod/shop/cart']],
    [['release/prod/shop']],
    [['release/prod/shop/cart/x']],
    [['release/other/shop/cart']],
    [['release/prod/../cart']],
    [['release/prod/Shop/cart']],
    [['board', 'release/prod/shop/%2e%2e']],
    [['__proto__']],
    [Array.from({ length: 21 }, (_, n) => `release/prod/shop/cart-${n}`)],
  ])('%j is refused before the stream begins', topics => {
    expect(parse(...topics)).toMatchObject({ ok: false, problem: { code: 'invalid-input', field: 'topic' } })
  })
})
