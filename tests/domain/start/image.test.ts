import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imageProblem } from '@/lib/domain/start/image'

const DIGEST = `sha256:${'a1'.repeat(32)}`

describe('a name of an image is taken as it is', () => {
  test.each([
    'nginx',
    'nginx:user-v2',
    'library/nginx:1.27',
    'localhost/team/user',
    'localhost:5000/user:v2',
    'registry.example/team/user:v2',
    'REGISTRY.example:443/team/user_x__y-z.a:V2.0_rc-1',
    `registry.example/user@${DIGEST}`,
    `user:v2@${DIGEST}`,
    `user@sha512:${'0f'.repeat(64)}`,
    `user@multihash+base58:${'a'.repeat(46)}`,
    '10.0.0.1:5000/user',
    '[fd00::1]:5000/user:v2',
    `a:${'t'.repeat(128)}`,
  ])('%s', text => {
    expect(imageProblem(text)).toBeNull()
  })
})

describe('anything else is refused, not cleaned', () => {
  test.each([
    ['nothing', ''],
    ['a blank', 'nginx v2'],
    ['a blank at the end', 'nginx '],
    ['a line end', 'nginx:v2\n'],
    ['a carriage return', 'nginx\r'],
    ['a NUL', 'nginx\u0000'],
    ['capitals in the path', 'team/User:v2'],
    ['an empty tag', 'nginx:'],
    ['two tags', 'nginx:a:b'],
    ['a tag that is too long', `nginx:${'t'.repeat(129)}`],
    ['a tag that begins with a dash', 'nginx:-v2'],
    ['an empty digest', 'nginx@'],
    ['a digest that is none', 'nginx@sha256:zz'],
    ['a digest that is too short', `nginx@sha256:${'a'.repeat(40)}`],
    ['two digests', `nginx@${DIGEST}@${DIGEST}`],
    ['an empty part of the path', 'team//user'],
    ['a slash at the end', 'team/user/'],
    ['a slash at the start', '/user'],
    ['an address', 'https://registry.example/user'],
    ['a way up', '../user'],
    ['something a shell would run', 'nginx;rm'],
    ['markup', '<img>'],
    ['another alphabet', 'пользователь'],
    ['an id instead of a name', 'a1'.repeat(32)],
    ['a name that is too long', `${'a/'.repeat(128)}a`],
    ['513 characters', `${'a'.repeat(200)}@sha256:${'a'.repeat(600)}`],
  ])('%s', (_case, text) => {
    expect(imageProblem(text)?.problem).toMatchObject({ code: 'invalid-input', field: 'image' })
  })
})

test('no text is taken with a blank or a control character in it', () => {
  const odd = fc.constantFrom(' ', '\n', '\t', '\u0000', '\u007f', '\u00a0', '\u202e')
  fc.assert(
    fc.property(fc.string(), odd, fc.string(), (before, blank, after) => {
      expect(imageProblem(before + blank + after)).not.toBeNull()
    }),
  )
})

test('a hostile text is refused without being tried in many ways', () => {
  for (const text of [
    'a-'.repeat(250),
    `${'a_'.repeat(250)}!`,
    `${'-'.repeat(500)}/`,
    `nginx@${'a+'.repeat(250)}`,
  ]) {
    expect(imageProblem(text)).not.toBeNull()
  }
})
