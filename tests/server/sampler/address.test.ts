import { networkInterfaces } from 'node:os'
import { describe, expect, test } from 'vitest'
import { addressRule, type Trust } from '@/lib/server/sampler/address'
import { openLine } from '@/lib/server/sampler/connect'
import { farSide } from './far-side'

const allowed = (trust: Trust, address: string | undefined, port = 80, servers: string[] = []) =>
  addressRule(trust, servers)(address, port)

describe('where a probe may go', () => {
  test.each([
    ['a public address', '203.0.113.7', true, true],
    ['a private address', '10.0.0.7', true, true],
    ['a private IPv6 address', 'fd12::7', true, true],
    ['loopback', '127.0.0.1', true, false],
    ['all of loopback', '127.8.9.10', true, false],
    ['IPv6 loopback', '::1', true, false],
    ['loopback, mapped', '::ffff:127.0.0.1', true, false],
    ['loopback, mapped and in hex', '::ffff:7f00:1', true, false],
    ['any address', '0.0.0.0', true, false],
    ['metadata', '169.254.169.254', false, false],
    ['metadata, mapped', '::ffff:169.254.169.254', false, false],
    ['metadata, mapped and in hex', '::ffff:a9fe:a9fe', false, false],
    ['metadata through NAT64', '64:ff9b::a9fe:a9fe', false, false],
    ['link-local', '169.254.3.4', false, false],
    ['IPv6 link-local', 'fe80::1', false, false],
    ['IPv6 link-local with its zone', 'fe80::1%eth0', false, false],
    ["a cloud's metadata over IPv6", 'fd00:ec2::254', false, false],
    ["another cloud's metadata", '100.100.100.200', false, false],
    ['no address', undefined, false, false],
    ['a name instead of an address', 'localhost', false, false],
  ])('%s', async (_case, address, byOperator, byStatus) => {
    expect(await allowed('operator', address)).toBe(byOperator)
    expect(await allowed('status', address)).toBe(byStatus)
  })

  test('never to an API server, by address or by name, but to its neighbour port', async () => {
    for (const trust of ['operator', 'status'] as const) {
      expect(await allowed(trust, '10.0.0.1', 6443, ['https://10.0.0.1:6443'])).toBe(false)
      expect(await allowed(trust, '::ffff:10.0.0.1', 6443, ['https://10.0.0.1:6443'])).toBe(false)
      expect(await allowed(trust, '10.0.0.1', 443, ['https://10.0.0.1'])).toBe(false)
      expect(await allowed(trust, '10.0.0.1', 443, ['https://10.0.0.1:6443'])).toBe(true)
    }
    expect(await allowed('operator', '127.0.0.1', 6443, ['https://localhost:6443'])).toBe(false)
  })

  test('never to ourselves where an Ingress says so', async () => {
    const own = Object.values(networkInterfaces()).flatMap(each => each ?? [])
    for (const { address } of own) expect(await allowed('status', address)).toBe(false)
  })
})

describe('what is judged is the far end of the connected socket', () => {
  test.each([
    '127.0.0.1',
    'localhost',
    'localhost.',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '::ffff:127.0.0.1',
    '0',
  ])('%s is loopback, however it is written', async address => {
    let requests = 0
    const { port } = await farSide((_request, response) => {
      requests++
      response.end()
    })
    const rule = addressRule('status', [])
    const line = { scheme: 'http' as const, address, port, serverName: '', rule, insecure: false }
    const why = await openLine(line).then(
      () => 'connected',
      (error: Error) => error.message,
    )
    expect(['forbidden-target', 'gateway-unreachable']).toContain(why)
    expect(requests).toBe(0)
  })

  test('a name that leads elsewhere than it did is judged by where it leads now', async () => {
    const { port } = await farSide((_request, response) => response.end())
    const seen: (string | undefined)[] = []
    const rule = async (address: string | undefined) => {
      seen.push(address)
      return false
    }
    const line = {
      scheme: 'http' as const,
      address: 'localhost',
      port,
      serverName: '',
      rule,
      insecure: false,
    }
    await expect(openLine(line)).rejects.toThrow('forbidden-target')
    expect(seen).toEqual(['127.0.0.1'])
  })
})
