import { beforeAll, describe, expect, test } from 'vitest'
import { MERGE } from './client'
import { service } from './objects'
import { type Ground, type Story, saidBy } from './stage'
import { DNS_1035 } from './words'

const PORT = 'must be between 1 and 65535, inclusive'

const ports = (...list: object[]) => service('x', { ports: list })

/** What Services and EndpointSlices must be, in the words a person reads when they are not. */
export const serviceRules: Story = stage =>
  describe('rules of a Service', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    const create = (path: string, body: object) => stage().api.ask('POST', `${path}?dryRun=All`, { body })

    test.each([
      ['no ports', ports(), 'spec.ports: Required value'],
      ['port 0', ports({ port: 0, targetPort: 80 }), `spec.ports[0].port: Invalid value: 0: ${PORT}`],
      [
        'port 70000',
        ports({ port: 70000, targetPort: 80 }),
        `spec.ports[0].port: Invalid value: 70000: ${PORT}`,
      ],
      [
        'two ports without names',
        ports({ port: 80 }, { port: 81 }),
        '[spec.ports[0].name: Required value, spec.ports[1].name: Required value]',
      ],
      [
        'two ports of one name',
        ports({ name: 'a', port: 80 }, { name: 'a', port: 81 }),
        'spec.ports[1].name: Duplicate value: "a"',
      ],
      [
        'a protocol that is none',
        ports({ port: 80, protocol: 'ICMP' }),
        'spec.ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"',
      ],
      [
        'a type that is none',
        service('x', { type: 'Odd' }),
        'spec.type: Unsupported value: "Odd": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ],
      [
        'nobody outside',
        service('x', { type: 'ExternalName', ports: undefined }),
        'spec.externalName: Required value',
      ],
    ])('a Service with %s', async (_what, body, fault) => {
      const answer = await create(ground.services, body)
      expect(saidBy(answer)).toEqual([422, 'Invalid', `Service "x" is invalid: ${fault}`])
    })

    test.each(['1s', 's.t', 'S'])('a Service cannot be called %s', async name => {
      const answer = await create(ground.services, service(name))
      const why = `metadata.name: Invalid value: "${name}": ${DNS_1035}`
      expect(saidBy(answer)).toEqual([422, 'Invalid', `Service "${name}" is invalid: ${why}`])
    })

    test('the address of a Service stays what it is, also when a patch leaves it out', async () => {
      const name = stage().fresh()
      const { body } = await stage().api.ask('POST', ground.services, { body: service(name) })
      const patch = (clusterIP: string | null) =>
        stage().api.ask('PATCH', `${ground.services}/${name}`, { body: { spec: { clusterIP } }, type: MERGE })
      expect((await patch(null)).body.spec?.clusterIP).toBe(body.spec?.clusterIP)
      expect(saidBy(await patch('10.96.255.1'))).toEqual([
        422,
        'Invalid',
        `Service "${name}" is invalid: spec.clusterIPs[0]: Invalid value: ["10.96.255.1"]: may not change once set`,
      ])
    })

    const slice = (change: object) => ({
      metadata: { name: 'x' },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.99.0.1'] }],
      ports: [{ port: 80 }],
      ...change,
    })

    test.each([
      [
        'no type of addresses',
        slice({ addressType: undefined, endpoints: [] }),
        'addressType: Required value',
      ],
      [
        'a type that is none',
        slice({ addressType: 'Odd', endpoints: [] }),
        'addressType: Unsupported value: "Odd": supported values: "FQDN", "IPv4", "IPv6"',
      ],
      [
        'an endpoint without an address',
        slice({ endpoints: [{ addresses: [] }] }),
        'endpoints[0].addresses: Required value: must contain at least 1 address',
      ],
      [
        'an address that is none',
        slice({ endpoints: [{ addresses: ['x'] }] }),
        'endpoints[0].addresses[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      ],
    ])('an EndpointSlice with %s', async (_what, body, fault) => {
      const answer = await create(ground.slices, body)
      expect(saidBy(answer)).toEqual([
        422,
        'Invalid',
        `EndpointSlice.discovery.k8s.io "x" is invalid: ${fault}`,
      ])
    })

    test('an EndpointSlice without endpoints says null, and ports are filled in', async () => {
      const empty = await create(ground.slices, slice({ endpoints: undefined, ports: undefined }))
      expect([empty.status, empty.body.endpoints, empty.body.ports]).toEqual([201, null, null])
      const { body } = await create(ground.slices, slice({}))
      expect(body).toMatchObject({
        metadata: { generation: 1 },
        endpoints: [{ addresses: ['10.99.0.1'], conditions: {} }],
        ports: [{ name: '', protocol: 'TCP', port: 80 }],
      })
    })
  })
