import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { curlCommand } from '@/lib/domain/curl'
import type { TypedRequest } from '@/lib/domain/typed-request'

const GATEWAY = 'http://127.0.0.1:8080'
const base: TypedRequest = { host: '', path: '/user', headers: {}, cookies: {} }
const curl = (part: Partial<TypedRequest>, gateway = GATEWAY) => curlCommand(gateway, { ...base, ...part })

/** What a shell hands to curl. */
const wordsOf = (command: string): string[] =>
  execFileSync('/bin/sh', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`])
    .toString()
    .split('\0')
    .slice(0, -1)

describe('copy curl', () => {
  test.each([
    ['no marks', curl({}), `curl ${GATEWAY}/user`],
    [
      'marks, as people write them',
      curl({ headers: { role: 'test' }, cookies: { vip_user: 'never' } }),
      `curl -H 'role: test' -b 'vip_user=never' ${GATEWAY}/user`,
    ],
    [
      'the gateway’s address with the route’s host',
      curl({ host: 'shop.test' }),
      `curl -H 'Host: shop.test' ${GATEWAY}/user`,
    ],
    [
      'over https the host is in the URL, for the certificate',
      curl({ host: 'shop.test' }, 'https://10.0.0.1'),
      'curl --connect-to shop.test:443:10.0.0.1:443 https://shop.test/user',
    ],
    [
      'and so is another port',
      curl({ host: 'shop.test' }, 'https://[::1]:8443'),
      "curl --connect-to 'shop.test:8443:[::1]:8443' https://shop.test:8443/user",
    ],
  ])('%s', (_case, command, expected) => expect(command).toBe(expected))

  test.each([
    ['a list is no list', '/{a,b}', ['-g', `${GATEWAY}/{a,b}`]],
    ['a range is no range', '/[1-9]', ['-g', `${GATEWAY}/[1-9]`]],
    ['dot segments are left to nginx', '/a/../b', ['--path-as-is', `${GATEWAY}/a/../b`]],
    ['encoded ones too', '/a/%2e%2E/b', ['--path-as-is', `${GATEWAY}/a/%2e%2E/b`]],
    ['a query is not split', '/a?b=c&d', [`${GATEWAY}/a?b=c&d`]],
  ])('%s', (_case, path, words) => expect(wordsOf(curl({ path }))).toEqual(words))

  test('an empty header is sent empty, not taken away', () => {
    expect(wordsOf(curl({ headers: { role: '' } }))).toEqual(['-H', 'role;', `${GATEWAY}/user`])
  })

  test('no header and no cookie is read from a file', () => {
    const words = wordsOf(curl({ headers: { role: '@/etc/passwd' }, cookies: { a: '' } }))
    expect(words).toEqual(['-H', 'role: @/etc/passwd', '-b', 'a=', `${GATEWAY}/user`])
  })

  test('whatever is typed, the shell passes on exactly it, as one word each, and runs nothing', () => {
    const piece = fc.constantFrom(
      "'",
      '"',
      '\n',
      '\r',
      '$(id)',
      '`id`',
      '$IFS',
      '\\',
      ';',
      '|',
      '&',
      '>x',
      '-o',
      '--',
      ' ',
      '!',
      '*',
      '~',
      '#',
      'é',
    )
    const text = fc.array(piece, { maxLength: 6 }).map(pieces => pieces.join(''))
    fc.assert(
      fc.property(text, text, text, (name, value, path) => {
        const typed = {
          headers: { [`x${name}`]: `v${value}` },
          cookies: { [`c${name}`]: value },
          path: `/${path}`,
        }
        expect(wordsOf(curl(typed))).toEqual([
          '-H',
          `x${name}: v${value}`,
          '-b',
          `c${name}=${value}`,
          `${GATEWAY}/${path}`,
        ])
      }),
      { numRuns: 60 },
    )
  })
})
