import { describe, expect, test } from 'vitest'
import { parseEnvironment } from '@/lib/server/env'

const mistakesOf = (source: Record<string, string>) => {
  const parsed = parseEnvironment(source)
  return parsed.ok ? [] : parsed.mistakes
}

describe('the environment', () => {
  test('an empty one works, and says loopback', () => {
    expect(parseEnvironment({})).toEqual({
      ok: true,
      value: {
        PORT: 3000,
        HALFTONE_HOST: '127.0.0.1',
        HALFTONE_URL: null,
        KUBECONFIG: null,
        HALFTONE_CONTEXTS: [],
        HALFTONE_NAMESPACES: [],
        HALFTONE_GATEWAYS: [],
        HALFTONE_GATEWAY_CA: null,
        HALFTONE_GATEWAY_INSECURE: false,
        HALFTONE_SAMPLING: true,
        HALFTONE_READ_ONLY: false,
        HALFTONE_DUE_MS: 5000,
        HALFTONE_WATCH_IDLE_MS: 90_000,
        HALFTONE_PROBE_MS: 2000,
      },
    })
  })

  test('empty and blank variables count as not set', () => {
    expect(parseEnvironment({ PORT: '', HALFTONE_READ_ONLY: '  ' })).toEqual(parseEnvironment({}))
  })

  test('contexts, gateways and namespaces are lists', () => {
    expect(
      parseEnvironment({
        HALFTONE_CONTEXTS: 'prod=arn:aws:eks:eu:1:cluster/p, test=kind-test,admin@home',
        HALFTONE_GATEWAYS: 'nginx=http://10.0.0.1:8080,prod/internal=https://gw.example/',
        HALFTONE_NAMESPACES: 'shop, shop ,pay',
      }),
    ).toMatchObject({
      ok: true,
      value: {
        HALFTONE_CONTEXTS: [
          { cluster: 'prod', context: 'arn:aws:eks:eu:1:cluster/p' },
          { cluster: 'test', context: 'kind-test' },
          { cluster: null, context: 'admin@home' },
        ],
        HALFTONE_GATEWAYS: [
          { cluster: null, className: 'nginx', url: 'http://10.0.0.1:8080' },
          { cluster: 'prod', className: 'internal', url: 'https://gw.example' },
        ],
        HALFTONE_NAMESPACES: ['shop', 'pay'],
      },
    })
  })

  test.each([
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['PORT', '-1'],
    ['HALFTONE_HOST', '0.0.0.0'],
    ['HALFTONE_HOST', '::'],
    ['HALFTONE_HOST', '192.168.1.5'],
    ['HALFTONE_HOST', '127.1'],
    ['HALFTONE_HOST', 'localhost.evil.example'],
    ['HALFTONE_URL', 'halftone.example.com'],
    ['HALFTONE_URL', 'https://halftone.example.com/path'],
    ['HALFTONE_URL', 'ftp://halftone.example.com'],
    ['HALFTONE_URL', 'https://user:secret@halftone.example.com'],
    ['HALFTONE_CONTEXTS', 'a=x,a=y'],
    ['HALFTONE_CONTEXTS', 'Prod=x'],
    ['HALFTONE_NAMESPACES', 'Shop'],
    ['HALFTONE_NAMESPACES', 'a/b'],
    ['HALFTONE_GATEWAYS', 'nginx'],
    ['HALFTONE_GATEWAYS', 'nginx=10.0.0.1'],
    ['HALFTONE_GATEWAYS', 'nginx=file:///etc/passwd'],
    ['HALFTONE_GATEWAYS', 'nginx=http://10.0.0.1/path'],
    ['HALFTONE_GATEWAY_CA', '/does/not/exist.pem'],
    ['HALFTONE_GATEWAY_INSECURE', 'yes'],
    ['HALFTONE_SAMPLING', 'true'],
    ['HALFTONE_READ_ONLY', '1'],
    ['HALFTONE_DUE_MS', '1e3'],
    ['HALFTONE_WATCH_IDLE_MS', '0'],
    ['HALFTONE_PROBE_MS', 'never'],
  ])('%s=%s is refused by its name, with what it means', (name, text) => {
    const mistakes = mistakesOf({ [name]: text })
    expect(mistakes).toHaveLength(1)
    expect(mistakes[0]).toMatch(new RegExp(`^${name} .+\n +\\S.+ Default: .+\\.$`))
  })

  test('all mistakes are listed at once', () => {
    const mistakes = mistakesOf({ PORT: 'x', HALFTONE_READ_ONLY: 'x', HALFTONE_GATEWAYS: 'x,y' })
    expect(mistakes.map(each => each.split(' ')[0])).toEqual([
      'PORT',
      'HALFTONE_GATEWAYS',
      'HALFTONE_GATEWAYS',
      'HALFTONE_READ_ONLY',
    ])
  })

  test('what else stands in the environment is nobody’s business', () => {
    expect(parseEnvironment({ PATH: '/bin', HALFTONE_UNKNOWN: 'x' })).toEqual(parseEnvironment({}))
  })
})
