import { describe, expect, test } from 'vitest'
import { turnAway } from '@/lib/server/door'

const home = new URL('https://halftone.example.com')
const verdict = (headers: Record<string, string>, url: URL | null = null) =>
  turnAway(new Headers(headers), url)?.problem.code ?? 'welcome'

describe('Host, so that no foreign name can be pointed at us', () => {
  test.each([
    ['localhost:3000', 'welcome'],
    ['LOCALHOST', 'welcome'],
    ['127.0.0.1:3000', 'welcome'],
    ['127.0.0.53', 'welcome'],
    ['[::1]:3000', 'welcome'],
    ['', 'wrong-host'],
    ['evil.example', 'wrong-host'],
    ['localhost.evil.example', 'wrong-host'],
    ['127.0.0.1.evil.example', 'wrong-host'],
    ['evil.example:127.0.0.1', 'wrong-host'],
    ['localhost@evil.example', 'wrong-host'],
    ['localhost.', 'wrong-host'],
    ['127.1', 'wrong-host'],
    ['0x7f.0.0.1', 'wrong-host'],
    ['2130706433', 'wrong-host'],
    ['0.0.0.0', 'wrong-host'],
    ['169.254.169.254', 'wrong-host'],
    ['[::ffff:127.0.0.1]', 'wrong-host'],
    ['halftone.example.com', 'wrong-host'],
  ])('%s: %s', (host, expected) => {
    expect(verdict({ host })).toBe(expected)
  })

  test('HALFTONE_URL names one more', () => {
    expect(verdict({ host: 'halftone.example.com' }, home)).toBe('welcome')
    expect(verdict({ host: 'HALFTONE.example.com:443' }, home)).toBe('welcome')
    expect(verdict({ host: 'other.example.com' }, home)).toBe('wrong-host')
  })
})

describe('Origin and Sec-Fetch-Site, so that no other page can use a visitor’s browser', () => {
  const host = 'localhost:3000'
  test.each([
    ['no header at all (curl)', {}, 'welcome'],
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000' }, 'welcome'],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }, 'welcome'],
    ['our own page through a TLS proxy', { origin: 'https://localhost:3000' }, 'welcome'],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 'foreign-origin'],
    ['another port of this machine', { 'sec-fetch-site': 'same-site' }, 'foreign-origin'],
    ['another site that lies about the first header', { origin: 'https://evil.example' }, 'foreign-origin'],
    ['another port by Origin', { origin: 'http://localhost:4000' }, 'foreign-origin'],
    ['another loopback name', { origin: 'http://127.0.0.1:3000' }, 'foreign-origin'],
    ['a sandboxed frame', { origin: 'null' }, 'foreign-origin'],
    ['an origin with a path', { origin: 'http://localhost:3000/x' }, 'foreign-origin'],
    ['an origin with a user', { origin: 'http://localhost:3000@evil.example' }, 'foreign-origin'],
    ['not a web origin', { origin: 'file://localhost:3000' }, 'foreign-origin'],
    ['an unknown value', { 'sec-fetch-site': 'x' }, 'foreign-origin'],
  ])('%s', (_case, headers, expected) => {
    expect(verdict({ host, ...headers })).toBe(expected)
  })

  test('HALFTONE_URL’s origin is ours, whatever Host a proxy in front sends on', () => {
    expect(verdict({ host, origin: 'https://halftone.example.com' }, home)).toBe('welcome')
    expect(verdict({ host, origin: 'http://halftone.example.com' }, home)).toBe('foreign-origin')
  })

  test('default ports need not be written', () => {
    expect(verdict({ host: 'localhost:80', origin: 'http://localhost' })).toBe('welcome')
  })
})
