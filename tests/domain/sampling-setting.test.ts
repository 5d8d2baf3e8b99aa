import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSamplingSetting, samplingPatch, samplingText } from '@/lib/domain/sampling-setting'
import { matches } from '@/lib/server/pattern'

const KEY = 'halftone.dev/sampling'
const canary = (text?: string) => ({ annotations: text === undefined ? {} : { [KEY]: text }, owners: [] })

describe('what we cannot read of a sampling setting is left out, the rest counts', () => {
  test.each([
    ['no annotation', undefined, {}],
    ['no JSON', '{', {}],
    ['no object', '[1]', {}],
    ['null', 'null', {}],
    ['a rate nobody may ask for', '{"perSecond":1000,"path":"/x"}', { path: '/x' }],
    ['a path with a blank', '{"path":"/a b","host":"shop.example"}', { host: 'shop.example' }],
    ['a host with a path', '{"host":"a/b"}', {}],
    [
      'a header to read the version from',
      '{"versionFrom":{"header":"X-Version"}}',
      { versionFrom: { header: 'X-Version' } },
    ],
    ['a pattern to read it from', '{"versionFrom":{"body":"v\\\\d"}}', { versionFrom: { body: 'v\\d' } }],
    ['an example with a line break', '{"example":"a\\r\\nb"}', {}],
  ])('%s', (_case, text, expected) => {
    expect(parseSamplingSetting(canary(text))).toEqual(expected)
  })
})

describe('a change keeps what it does not name', () => {
  test.each([
    ['a rate beside a path', '{"path":"/x"}', { perSecond: 2 }, '{"perSecond":2,"path":"/x"}'],
    [
      'null takes the recognition away',
      '{"versionFrom":{"body":"x"},"example":"e"}',
      { versionFrom: null },
      '{"example":"e"}',
    ],
    ['nothing left takes the annotation away', '{"versionFrom":{"body":"x"}}', { versionFrom: null }, null],
    ['the example of a pattern stays', '{"example":"e"}', { host: 'a.b' }, '{"host":"a.b","example":"e"}'],
  ])('%s', (_case, text, input, expected) => {
    expect(samplingPatch(canary(text), input, { matches })).toEqual({
      ok: true,
      value: { metadata: { annotations: { [KEY]: expected } } },
    })
  })
})

describe('a wrong setting is refused with its field', () => {
  test.each([
    ['no rate', { perSecond: 0 }, 'perSecond'],
    ['too much load', { perSecond: 51 }, 'perSecond'],
    ['not a number', { perSecond: Number.NaN }, 'perSecond'],
    ['a relative path', { path: 'x' }, 'path'],
    ['a path with a line break', { path: '/a\r\nHost: x' }, 'path'],
    ['a path with a fragment', { path: '/a#b' }, 'path'],
    ['a host with a port', { host: 'a:80' }, 'host'],
    ['a host with a user', { host: 'a@b' }, 'host'],
    ['a header with a blank', { versionFrom: { header: 'X Y' } }, 'versionFrom'],
    ['an empty pattern', { versionFrom: { body: '' } }, 'versionFrom'],
    ['a pattern RE2 refuses', { versionFrom: { body: '(?=x)' } }, 'versionFrom.body'],
    ['a broken pattern', { versionFrom: { body: '(' } }, 'versionFrom.body'],
  ])('%s', (_case, input, field) => {
    const result = samplingPatch(canary(), input, { matches })
    expect(result.ok ? 'written' : [result.problem.code, result.problem.field]).toEqual([
      'invalid-input',
      field,
    ])
  })
})

test('an owned canary is not written to', () => {
  const owners = [{ apiVersion: 'flagger.app/v1beta1', kind: 'Canary', name: 'user' }]
  const result = samplingPatch({ ...canary(), owners }, { perSecond: 2 }, { matches })
  expect(result.ok ? 'written' : result.problem.code).toBe('owned-elsewhere')
})

test('whatever is read from an annotation is written back as it was read', () => {
  fc.assert(
    fc.property(fc.json(), text => {
      const setting = parseSamplingSetting(canary(text))
      expect(parseSamplingSetting(canary(samplingText(setting) ?? undefined))).toEqual(setting)
    }),
  )
})
