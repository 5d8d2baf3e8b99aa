import { expect, test } from 'vitest'
import { proxyOf } from '@/lib/server/kubernetes/proxy'

const https = 'http://proxy:3128'

test.each([
  ['https goes through HTTPS_PROXY', 'https://api.example:6443', { https }, https],
  ['http does not go through HTTPS_PROXY', 'http://api.example', { https }, null],
  ['without a setting it is direct', 'https://api.example', {}, null],
  ['localhost is always direct', 'https://localhost:6443', { https }, null],
  ['loopback is always direct', 'https://127.8.0.1:6443', { https }, null],
  ['IPv6 loopback is always direct', 'https://[::1]:6443', { https }, null],
  ['an excepted host', 'https://api.example', { https, no: 'x.y, api.example' }, null],
  ['a subdomain of an excepted domain', 'https://api.corp.example', { https, no: '.corp.example' }, null],
  ['only whole labels count', 'https://mycorp.example', { https, no: 'corp.example' }, https],
  ['an address in an excepted block', 'https://10.96.0.1', { https, no: '10.96.0.0/12' }, null],
  ['an address outside of it', 'https://10.112.0.1', { https, no: '10.96.0.0/12' }, https],
  ['an IPv6 block', 'https://[fd00::1]:6443', { https, no: 'fd00::/8' }, null],
  ['another port', 'https://api.example:6443', { https, no: 'api.example:443' }, https],
  ['everything', 'https://api.example', { https, no: '*' }, null],
  ['nonsense excepts nothing', 'https://10.0.0.1', { https, no: '10.0.0.0/99,/,:' }, https],
])('%s', (_case, server, settings, proxy) => {
  expect(proxyOf(new URL(server), settings)).toBe(proxy)
})
