import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { carriedBy, requestProblem, type TypedRequest } from '@/lib/domain/typed-request'

const base: TypedRequest = { host: '', path: '/user', headers: {}, cookies: {} }
const said = (part: Partial<TypedRequest>) => {
  const problem = requestProblem({ ...base, ...part })?.problem
  return problem ? `${problem.field} ${problem.params?.rule}` : 'ok'
}

describe('a typed request is sent as it is, or refused with the field that is wrong', () => {
  test.each<[string, Partial<TypedRequest>, string]>([
    ['nothing but a path', {}, 'ok'],
    ['a host, marks and a query', { host: 'shop.test', path: '/a?b=%20', headers: { role: 'x y' } }, 'ok'],
    ['a name with an underscore, which nginx drops', { headers: { X_Y: '1' } }, 'ok'],
    ['an empty value', { headers: { role: '' }, cookies: { a: '' } }, 'ok'],
    ['the longest value', { headers: { role: 'x'.repeat(4096) } }, 'ok'],
    ['one more', { headers: { role: 'x'.repeat(4097) } }, 'headers value'],
    ['a line end in a header', { headers: { role: 'a\r\nHost: evil' } }, 'headers value'],
    ['a NUL', { headers: { role: 'a\0b' } }, 'headers value'],
    ['a tab', { headers: { role: 'a\tb' } }, 'headers value'],
    ['letters beyond ASCII', { headers: { role: '测试' } }, 'headers value'],
    ['a header without a name', { headers: { '': 'x' } }, 'headers name'],
    ['a blank in a name', { headers: { 'a b': 'x' } }, 'headers name'],
    ['a colon in a name', { headers: { 'a:b': 'x' } }, 'headers name'],
    ['a line end in a name', { headers: { 'a\nb': 'x' } }, 'headers name'],
    ['a file for curl', { headers: { '@/etc/passwd': 'x' } }, 'headers name'],
    ['one header in two spellings', { headers: { Role: 'a', role: 'b' } }, 'headers twice'],
    ['a semicolon in a cookie', { cookies: { a: 'b; admin=1' } }, 'cookies value'],
    ['a line end in a cookie', { cookies: { a: 'b\r\nX: y' } }, 'cookies value'],
    ['an equals sign in a cookie’s name', { cookies: { 'a=b': 'c' } }, 'cookies name'],
    ['a cookie without a name', { cookies: { '': 'always' } }, 'cookies name'],
    ['a host with a port', { host: 'shop.test:80' }, 'host host'],
    ['a host with a path', { host: 'shop.test/x' }, 'host host'],
    ['a host with a line end', { host: 'shop.test\r\nX: y' }, 'host host'],
    ['an address in brackets', { host: '[::1]' }, 'host host'],
    ['a path with a blank', { path: '/a b' }, 'path path'],
    ['a path with a line end', { path: '/a\r\nX: y' }, 'path path'],
    ['a path that is an address', { path: 'http://169.254.169.254/' }, 'path path'],
    ['a path that climbs out', { path: '/../x' }, 'path path'],
    ['a path that cannot be decoded', { path: '/%zz' }, 'path path'],
    ['a fragment', { path: '/a#b' }, 'path path'],
  ])('%s', (_case, part, expected) => expect(said(part)).toBe(expected))

  test.each([
    'Host',
    'connection',
    'Keep-Alive',
    'Proxy-Authorization',
    'TE',
    'Trailer',
    'Transfer-Encoding',
    'Upgrade',
    'Expect',
    'Content-Length',
    'content-type',
    'Cookie',
    'Authorization',
    'Forwarded',
    'X-Forwarded-For',
    'X-Real-IP',
    'X-HTTP-Method-Override',
    'x-method-override',
  ])('%s is not for typing', name => expect(said({ headers: { [name]: 'x' } })).toBe('headers reserved'))

  test('what is let through holds no line end, and no header of the connection', () => {
    const marks = fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(marks, marks, (headers, cookies) => {
        if (requestProblem({ ...base, headers, cookies })) return
        const sent = Object.entries(carriedBy({ headers, cookies })).flat().join('')
        expect(sent).toMatch(/^[\x20-\x7e]*$/)
      }),
    )
  })
})

test('names are sent in lower case, cookies on one line', () => {
  expect(carriedBy({ headers: { Role: 'test' }, cookies: { a: '1', b: '2' } })).toEqual({
    role: 'test',
    cookie: 'a=1; b=2',
  })
  expect(carriedBy({ headers: {}, cookies: {} })).toEqual({})
})
