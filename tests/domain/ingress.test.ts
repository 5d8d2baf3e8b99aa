import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseIngress } from '@/lib/domain/ingress'
import { epochMsOf, isoOf } from '@/lib/domain/iso'

const N = 'nginx.ingress.kubernetes.io'

describe('an Ingress is read as the cluster sends it', () => {
  const order = parseIngress({
    metadata: {
      namespace: 'shop',
      name: 'order',
      uid: 'u',
      resourceVersion: '42',
      creationTimestamp: '2026-03-01T12:30:05Z',
      annotations: {
        [`${N}/canary`]: 'true',
        'halftone.dev/change': '{}',
        'kubernetes.io/ingress.class': 'old',
        'kubectl.kubernetes.io/last-applied-configuration': 'x'.repeat(5000),
      },
      labels: { app: 'order', 'app.kubernetes.io/managed-by': 'Helm' },
      ownerReferences: [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'order', uid: 'o' }],
    },
    spec: {
      ingressClassName: 'nginx',
      defaultBackend: { service: { name: 'def', port: { name: 'http' } } },
      tls: [{ hosts: ['a.example'] }, { secretName: 's' }],
      rules: [
        {
          host: 'a.example',
          http: { paths: [{ path: '/', backend: { service: { name: 'o', port: { number: 80 } } } }] },
        },
        { host: 'b.example' },
        { http: { paths: [{ pathType: 'Exact', backend: { resource: { kind: 'Bucket', name: 'b' } } }] } },
      ],
    },
    status: { loadBalancer: { ingress: [{ ip: '10.0.0.1' }, { hostname: 'lb.example' }, {}] } },
  })

  test('its identity, age and class', () => {
    expect(order).toMatchObject({
      namespace: 'shop',
      name: 'order',
      uid: 'u',
      resourceVersion: '42',
      className: 'nginx',
    })
    expect(isoOf(order.createdAtMs)).toBe('2026-03-01T12:30:05Z')
  })

  test('only annotations and labels that mean something here are kept', () => {
    expect(Object.keys(order.annotations)).toEqual([
      `${N}/canary`,
      'halftone.dev/change',
      'kubernetes.io/ingress.class',
    ])
    expect(order.labels).toEqual({ 'app.kubernetes.io/managed-by': 'Helm' })
    expect(order.owners).toEqual([{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'order' }])
  })

  test('rules keep their order; no http block and no Service are told apart from none', () => {
    expect(order.rules).toEqual([
      { host: 'a.example', paths: [{ path: '/', pathType: '', backend: { service: 'o', port: '80' } }] },
      { host: 'b.example', paths: null },
      { host: '', paths: [{ path: '', pathType: 'Exact', backend: null }] },
    ])
    expect(order.defaultBackend).toEqual({ service: 'def', port: 'http' })
    expect(order.tlsHosts).toEqual(['a.example'])
    expect(order.addresses).toEqual(['10.0.0.1', 'lb.example'])
  })

  test('without ingressClassName the legacy annotation names the class', () => {
    expect(
      parseIngress({ metadata: { annotations: { 'kubernetes.io/ingress.class': 'old' } } }).className,
    ).toBe('old')
    expect(parseIngress({}).className).toBeNull()
  })
})

describe('who changed the annotations last', () => {
  const wrote = { 'f:metadata': { 'f:annotations': {} } }
  const entry = (manager: string, time: string, fieldsV1: object, subresource?: string) => ({
    manager,
    time,
    fieldsV1,
    ...(subresource && { subresource }),
  })
  const changed = (...managedFields: object[]) => parseIngress({ metadata: { managedFields } }).changed

  test('is the newest writer of annotations, not of anything else', () => {
    expect(
      changed(
        entry('helm', '2026-01-01T00:00:00Z', wrote),
        entry('kubectl-annotate', '2026-01-03T00:00:00Z', wrote),
        entry('kubectl-edit', '2026-01-02T00:00:00Z', wrote),
        entry('argocd', '2026-01-05T00:00:00Z', { 'f:spec': {} }),
        entry('nginx', '2026-01-06T00:00:00Z', wrote, 'status'),
      ),
    ).toEqual({ at: '2026-01-03T00:00:00Z', by: 'kubectl annotate' })
  })

  test.each([
    ['kubectl-client-side-apply', 'kubectl apply'],
    ['kubectl-patch', 'kubectl patch'],
    ['kubectl', 'kubectl'],
    ['kubectl-argo-rollouts', 'kubectl-argo-rollouts'],
    ['mei-laptop', 'mei-laptop'],
  ])('%s is told as %s', (manager, by) => {
    expect(changed(entry(manager, '2026-01-01T00:00:00Z', wrote))?.by).toBe(by)
  })

  test('is unknown where nothing tells', () => {
    expect(changed()).toBeNull()
    expect(changed(entry('argocd', '2026-01-05T00:00:00Z', { 'f:spec': {} }))).toBeNull()
  })
})

test('no object, however odd, makes the reader fail', () => {
  const odd = fc.record(
    {
      metadata: fc.oneof(
        fc.anything(),
        fc.record({ annotations: fc.anything(), managedFields: fc.anything() }),
      ),
      spec: fc.oneof(fc.anything(), fc.record({ rules: fc.anything(), defaultBackend: fc.anything() })),
      status: fc.anything(),
    },
    { requiredKeys: [] },
  )
  fc.assert(fc.property(fc.oneof(odd, fc.anything()), raw => Array.isArray(parseIngress(raw).rules)))
})

test('a time read back from its ISO form is the same second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200_000_000_000 }), s => epochMsOf(isoOf(s * 1000)) === s * 1000),
  )
  expect(epochMsOf('yesterday')).toBe(0)
})
