import { beforeAll, describe, expect, test } from 'vitest'
import { MERGE } from './client'
import { deployment, service } from './objects'
import { type Ground, type Story, saidBy } from './stage'

const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
const DNS_1035 =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')"
const PERCENT =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"

const IN = 'spec.template.spec.containers[0]'
const PORT = 'must be between 1 and 65535, inclusive'
const NOT_NEGATIVE = 'must be greater than or equal to 0'
const MISFIT = '`selector` does not match template `labels`'

const workload = (spec: object, container: object = {}) =>
  deployment('x', 'x:y', { replicas: 0, ...spec }, container)
const template = (containers: object[]) => ({
  template: { metadata: { labels: { app: 'x' } }, spec: { containers } },
})
const rolling = (rollingUpdate: object) => workload({ strategy: { rollingUpdate } })
const ports = (...list: object[]) => service('x', { ports: list })

/** What Deployments, Services and EndpointSlices must be, in the words a person reads when they are not. */
export const workloadRules: Story = stage =>
  describe('the rules of workloads', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    const create = (path: string, body: object) => stage().api.ask('POST', `${path}?dryRun=All`, { body })

    test.each([
      [
        'a selector that does not fit',
        workload({ selector: { matchLabels: { app: 'o' } } }),
        `spec.template.metadata.labels: Invalid value: {"app":"x"}: ${MISFIT}`,
      ],
      [
        'no selector',
        workload({ selector: undefined }),
        `[spec.selector: Required value, spec.template.metadata.labels: Invalid value: {"app":"x"}: ${MISFIT}]`,
      ],
      [
        'an empty selector',
        workload({ selector: {} }),
        'spec.selector: Invalid value: {}: empty selector is invalid for deployment',
      ],
      ['less than no pods', workload({ replicas: -1 }), `spec.replicas: Invalid value: -1: ${NOT_NEGATIVE}`],
      [
        'less than no time',
        workload({ minReadySeconds: -1 }),
        `spec.minReadySeconds: Invalid value: -1: ${NOT_NEGATIVE}`,
      ],
      ['an empty image', workload({}, { image: '' }), `${IN}.image: Required value`],
      ['no containers', workload(template([])), 'spec.template.spec.containers: Required value'],
      ['a container with capitals', workload({}, { name: 'A' }), `${IN}.name: Invalid value: "A": ${LABEL}`],
      [
        'port 0',
        workload({}, { ports: [{ containerPort: 0 }] }),
        `${IN}.ports[0].containerPort: Required value`,
      ],
      [
        'port 70000',
        workload({}, { ports: [{ containerPort: 70000 }] }),
        `${IN}.ports[0].containerPort: Invalid value: 70000: ${PORT}`,
      ],
      [
        'a variable without a name',
        workload({}, { env: [{ value: 'a' }] }),
        `${IN}.env[0].name: Required value`,
      ],
      [
        'a policy that is none',
        workload({}, { imagePullPolicy: 'Odd' }),
        `${IN}.imagePullPolicy: Unsupported value: "Odd": supported values: "Always", "IfNotPresent", "Never"`,
      ],
      [
        'a roll-out that cannot move',
        rolling({ maxSurge: 0, maxUnavailable: 0 }),
        'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0',
      ],
      [
        'a share that is no share',
        rolling({ maxSurge: 'abc' }),
        `spec.strategy.rollingUpdate.maxSurge: Invalid value: "abc": ${PERCENT}`,
      ],
    ])('a Deployment with %s', async (_what, body, fault) => {
      const answer = await create(ground.deployments, body)
      expect(saidBy(answer)).toEqual([422, 'Invalid', `Deployment.apps "x" is invalid: ${fault}`])
      expect(answer.body.details).toMatchObject({ name: 'x', group: 'apps', kind: 'Deployment' })
    })

    test('text for a number of pods is 400', async () => {
      const why =
        'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32'
      const answer = await create(ground.deployments, workload({ replicas: '2' }))
      expect(saidBy(answer)).toEqual([400, 'BadRequest', why])
    })

    test('the selector of a Deployment stays what it is', async () => {
      const name = stage().fresh()
      await stage().api.ask('POST', ground.deployments, { body: deployment(name, 'x:y', { replicas: 0 }) })
      const selector = { matchLabels: { app: name, more: 'x' } }
      const answer = await stage().api.ask('PATCH', `${ground.deployments}/${name}`, {
        body: { spec: { selector, template: { metadata: { labels: { more: 'x' } } } } },
        type: MERGE,
      })
      expect(saidBy(answer)).toEqual([
        422,
        'Invalid',
        `Deployment.apps "${name}" is invalid: spec.selector: Invalid value: ${JSON.stringify(selector)}: field is immutable`,
      ])
    })

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
