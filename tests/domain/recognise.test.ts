import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Version } from '@/lib/domain/model/release'
import { canTellApart, lexiconOf, recognise, type Signs } from '@/lib/domain/recognise'

const version = (name: string, image: string, pods: readonly string[] = []): Version => ({
  service: `service-${name}`,
  port: '80',
  deployments: [{ name, image, replicas: 1, ready: 1, updated: 1 }],
  endpoints: { ready: 1, total: 1 },
  pods: pods.map(pod => ({
    name: pod,
    ready: true,
    phase: 'Running',
    restarts: 0,
    image,
    node: 'n1',
    startedAt: null,
  })),
})

const v1 = version('user-v1', 'nginx:user-v1', ['user-v1-7c9d5b8f6-x2x4z'])
const v2 = version('user-v2', 'nginx:user-v2', ['user-v2-6d4f7c9b8-q9w8r'])

/** A capture by RegExp stands in for the server's RE2. */
const find = (pattern: string, text: string) => {
  const found = new RegExp(pattern).exec(text)
  return found ? (found[1] ?? found[0]) : null
}

function whose(body: string, headers: Record<string, string> = {}, more: Partial<Signs> = {}) {
  const lexicon = lexiconOf({ stable: v1, canary: v2, versionFrom: null, said: [], ...more })
  return recognise({ headers, body }, lexicon, find).version
}

describe('which version answered', () => {
  test.each([
    ['the image tag as the whole answer', 'user-v1', 'stable'],
    ['the image tag in a sentence', 'Hello from user-v2.', 'canary'],
    ['a full image name', '{"image":"nginx:user-v2"}', 'canary'],
    ['a pod name', 'user-v2-6d4f7c9b8-q9w8r', 'canary'],
    ['a pod name with its domain', 'user-v2-6d4f7c9b8-q9w8r.shop.svc', 'canary'],
    ['a pod not seen yet, by its Deployment', 'user-v1-59f8d7c6b4-zz2k4', 'stable'],
    ['a longer word is another word', 'user-v10 user-v1-beta xuser-v2 user-v2x', 'unknown'],
    ['a page that names both versions', '<a>user-v1</a> <a>user-v2</a>', 'unknown'],
    ['a page that names neither', '<h1>Welcome to nginx!</h1>', 'unknown'],
    ['nothing', '', 'unknown'],
  ])('%s', (_case, body, answered) => {
    expect(whose(body)).toBe(answered)
  })

  test('the second release after a promote: stable user-v1 runs nginx:user-v2, canary user-v2 runs nginx:user-v3', () => {
    const promoted = {
      stable: version('user-v1', 'nginx:user-v2'),
      canary: version('user-v2', 'nginx:user-v3'),
    }
    expect(whose('user-v2', {}, promoted)).toBe('stable')
    expect(whose('user-v3', {}, promoted)).toBe('canary')
  })

  test('tag v2 is not read from /api/v2/ in the body, but from a header', () => {
    const short = { stable: version('shop', 'app:v1'), canary: version('shop-next', 'app:v2') }
    expect(whose('<a href="/api/v2/">', {}, short)).toBe('unknown')
    expect(whose('<a href="/api/v2/">', { 'x-version': 'v1' }, short)).toBe('stable')
  })

  test('latest, stable, canary, main, test and prod name no version', () => {
    const vague = { stable: version('a', 'app:stable'), canary: version('b', 'app:canary') }
    expect(whose('canary', { 'x-version': 'canary' }, vague)).toBe('unknown')
  })

  test('what both versions could say tells nothing', () => {
    const same = {
      stable: version('user-v1', 'nginx:1.27-shop'),
      canary: version('user-v2', 'nginx:1.27-shop'),
    }
    expect(whose('1.27-shop', {}, same)).toBe('unknown')
    expect(whose('1.27-shop user-v2', {}, same)).toBe('canary')
  })

  test('an echo of what the probe said tells nothing', () => {
    expect(whose('you asked for /user-v2/list', {}, { said: ['/user-v2/list'] })).toBe('unknown')
  })

  test('a digest tells', () => {
    const digest = (letter: string) => `repo:5000/shop@sha256:${letter.repeat(64)}`
    const sides = { stable: version('a', digest('a')), canary: version('b', digest('b')) }
    expect(whose(`sha256:${'b'.repeat(64)}`, {}, sides)).toBe('canary')
  })

  test('a pod speaks before a tag, a tag before a Deployment', () => {
    expect(whose('user-v1-7c9d5b8f6-x2x4z user-v2')).toBe('stable')
    const crossed = { stable: version('old', 'shop:aaaa'), canary: version('new-one', 'shop:bbbb') }
    expect(whose('aaaa new-one', {}, crossed)).toBe('stable')
  })
})

describe('where the release says its version is written', () => {
  test('the header named counts before anything else', () => {
    const versionFrom = { header: 'X-App-Version' }
    expect(whose('user-v1', { 'x-app-version': 'user-v2' }, { versionFrom })).toBe('canary')
  })

  test('the group of the pattern counts, short words too', () => {
    const short = { stable: version('shop', 'app:v1'), canary: version('shop-next', 'app:v2') }
    const versionFrom = { body: '"version":"([^"]*)"' }
    expect(whose('{"version":"v2","api":"v1"}', {}, { ...short, versionFrom })).toBe('canary')
  })

  test('where it says nothing, the answer is read as usual', () => {
    expect(whose('user-v1', {}, { versionFrom: { header: 'x-app-version' } })).toBe('stable')
  })
})

test('swapping the versions swaps every answer', () => {
  const word = fc.constantFrom(
    'user-v1',
    'user-v2',
    'user-v2-6d4f7c9b8-q9w8r',
    'x',
    'nginx',
    'user-v1-59f8d7c6b4-zz2k4',
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), words => {
      const swapped = { stable: 'canary', canary: 'stable', unknown: 'unknown' } as const
      const body = words.join(' ')
      expect(whose(body, {}, { stable: v2, canary: v1 })).toBe(swapped[whose(body)])
    }),
  )
})

test('versions of the same image are known to answer alike, unless the release says where to look', () => {
  const twin = version('user-v2', 'nginx:user-v1')
  const told = { stable: v1, canary: twin, said: [] }
  expect(canTellApart(lexiconOf({ ...told, versionFrom: null }))).toBe(false)
  expect(canTellApart(lexiconOf({ ...told, versionFrom: { header: 'x-pod' } }))).toBe(true)
  expect(canTellApart(lexiconOf({ ...told, canary: v2, versionFrom: null }))).toBe(true)
})
