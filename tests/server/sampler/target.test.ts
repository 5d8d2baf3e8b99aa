import { describe, expect, test } from 'vitest'
import { targetsOf, targetText } from '@/lib/server/sampler/target'
import { factsOf, type Setup } from './world'

const gateway = (url: string, className = 'nginx', cluster: string | null = null) => ({
  cluster,
  className,
  url,
})
const textOf = (setup: Setup, ...gateways: ReturnType<typeof gateway>[]) => {
  const found = targetsOf(factsOf(setup), gateways)
  if (!found.ok) return found.why
  return found.targets.map(each => `${targetText(each)} for ${each.host} by ${each.trust}`).join(' + ')
}
const tls = { host: 'shop.test', tlsHosts: ['shop.test'] }

describe('where probes of a release go', () => {
  test.each([
    [
      'the operator’s gateway of its class',
      {},
      [gateway('http://10.0.0.1:8080')],
      'http://10.0.0.1:8080/user for 10.0.0.1:8080 by operator',
    ],
    ['not that of another class', {}, [gateway('http://10.0.0.1', 'other')], 'no-gateway'],
    ['not that of another cluster', {}, [gateway('http://10.0.0.1', 'nginx', 'prod')], 'no-gateway'],
    [
      'its cluster’s before the one for all',
      {},
      [gateway('http://10.0.0.1'), gateway('http://10.0.0.2', 'nginx', 'demo')],
      'http://10.0.0.2/user for 10.0.0.2 by operator',
    ],
    [
      'the operator’s word before the status',
      { addresses: ['10.0.0.9'] },
      [gateway('http://10.0.0.1')],
      'http://10.0.0.1/user for 10.0.0.1 by operator',
    ],
    ['the Ingress’s status', { addresses: ['10.0.0.9'] }, [], 'http://10.0.0.9/user for 10.0.0.9 by status'],
    [
      'each replica of the controller that is named, once',
      {},
      [gateway('http://10.0.0.1'), gateway('http://10.0.0.2'), gateway('http://10.0.0.1')],
      'http://10.0.0.1/user for 10.0.0.1 by operator + http://10.0.0.2/user for 10.0.0.2 by operator',
    ],
    [
      'the replicas of its cluster, not mixed with those for all',
      {},
      [
        gateway('http://10.0.0.1'),
        gateway('http://10.0.0.2', 'nginx', 'demo'),
        gateway('http://10.0.0.3', 'nginx', 'demo'),
      ],
      'http://10.0.0.2/user for 10.0.0.2 by operator + http://10.0.0.3/user for 10.0.0.3 by operator',
    ],
    ['an IPv6 address', { addresses: ['fd12::7'] }, [], 'http://[fd12::7]/user for [fd12::7] by status'],
    ['a name in the status', { addresses: ['lb.test'] }, [], 'http://lb.test/user for lb.test by status'],
    ['nothing that is no name', { addresses: ['http://lb.test/x', 'a b', '../x', ''] }, [], 'no-gateway'],
    [
      'the route’s host',
      { host: 'shop.test' },
      [gateway('http://10.0.0.1')],
      'http://10.0.0.1/user for shop.test by operator',
    ],
    [
      'https where the route has TLS',
      tls,
      [gateway('http://10.0.0.1')],
      'https://10.0.0.1/user for shop.test by operator',
    ],
    [
      'the operator’s port as it is',
      tls,
      [gateway('http://10.0.0.1:8080')],
      'http://10.0.0.1:8080/user for shop.test by operator',
    ],
    [
      'https on the status’s address',
      { ...tls, addresses: ['10.0.0.9'] },
      [],
      'https://10.0.0.9/user for shop.test by status',
    ],
    [
      'https under a wildcard',
      { host: 'eu.shop.test', tlsHosts: ['*.shop.test'], addresses: ['10.0.0.9'] },
      [],
      'https://10.0.0.9/user for eu.shop.test by status',
    ],
    [
      'a wildcard host without example',
      { host: '*.shop.test' },
      [gateway('http://10.0.0.1')],
      'needs-example',
    ],
    ['a pattern without example', { path: '/user(/|$)(.*)' }, [gateway('http://10.0.0.1')], 'needs-example'],
    ['a dead release', { dead: true }, [gateway('http://10.0.0.1')], 'dead'],
  ] as [string, Setup, ReturnType<typeof gateway>[], string][])('%s', (_case, setup, gateways, expected) => {
    expect(textOf(setup, ...gateways)).toBe(expected)
  })
})
