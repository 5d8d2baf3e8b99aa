import { describe, expect, test } from 'vitest'
import { deployment, drafted, podOf, refused } from './cluster'

const nginx = {
  name: 'nginx',
  image: 'nginx:user-v1',
  command: ['nginx'],
  env: [
    { name: 'MODE', value: 'calm' },
    { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'a' } } },
    { name: 'LEVEL', value: '1' },
  ],
}
const sidecar = { name: 'proxy', image: 'envoy:1', env: [{ name: 'MODE', value: 'loud' }] }
const labels = { app: 'user-v1' }
const withPod = (pod: object, spec: object = {}) => ({
  deployments: [deployment('user-v1', labels, { pod, spec })],
})
const changeIn = (metadata: object) =>
  JSON.parse((metadata as { annotations: Record<string, string> }).annotations['halftone.dev/change'] ?? '')

describe('one container is changed, all others are as they were', () => {
  const pod = { initContainers: [{ name: 'nginx', image: 'nginx:user-v1' }], containers: [nginx, sidecar] }
  test('the chosen one gets the image; init containers none', () => {
    const [clone] = drafted({ container: 'nginx' }, withPod(pod)).objects
    expect(podOf(clone).containers).toEqual([{ ...nginx, image: 'nginx:user-v2' }, sidecar])
    expect(podOf(clone).spec.initContainers).toEqual(pod.initContainers)
    expect(changeIn(clone.metadata)).toMatchObject({ deployment: 'user-v1', container: 'nginx', env: {} })
  })
  test('with several, one must be chosen', () => {
    expect(refused({}, withPod(pod))).toMatchObject({
      code: 'ambiguous-container',
      field: 'container',
      params: { containers: 'nginx, proxy' },
    })
  })
  test('an init container cannot be chosen, nor one that is not there', () => {
    expect(refused({ container: 'x' }, withPod(pod))).toMatchObject({
      code: 'invalid-input',
      field: 'container',
      params: { containers: 'nginx, proxy' },
    })
  })
  test('with one, none need be chosen', () => {
    const [clone] = drafted({}, withPod({ containers: [nginx] })).objects
    expect(podOf(clone).containers).toEqual([{ ...nginx, image: 'nginx:user-v2' }])
  })
})

describe('variables', () => {
  const envOf = (env: Record<string, string | null>, container: object = nginx) => {
    const [clone] = drafted({ env }, withPod({ containers: [container] })).objects
    return { env: podOf(clone).containers[0]?.env, change: changeIn(clone.metadata).env }
  }
  const [mode, key, level] = nginx.env
  test.each([
    [
      'a changed one stays in its place',
      { MODE: 'x' },
      [{ name: 'MODE', value: 'x' }, key, level],
      { MODE: 'x' },
    ],
    ['null takes one away', { MODE: null }, [key, level], { MODE: null }],
    ['null takes one away that comes from a Secret', { KEY: null }, [mode, level], { KEY: null }],
    ['a value replaces a reference', { KEY: 'k' }, [mode, { name: 'KEY', value: 'k' }, level], { KEY: 'k' }],
    ['new ones come last', { NEW: '' }, [...nginx.env, { name: 'NEW', value: '' }], { NEW: '' }],
    ['the same value is no change', { MODE: 'calm' }, nginx.env, {}],
    ['nothing to take away is no change', { OTHER: null }, nginx.env, {}],
    ['none are as they were', {}, nginx.env, {}],
    [
      'names of every object are names like others',
      { constructor: 'x' },
      [...nginx.env, { name: 'constructor', value: 'x' }],
      { constructor: 'x' },
    ],
  ])('%s', (_case, env, expected, change) => {
    expect(envOf(env)).toEqual({ env: expected, change })
  })
  test('one that is there twice is there once when it is changed', () => {
    const twice = { ...nginx, env: [mode, level, mode] }
    expect(envOf({ MODE: 'x' }, twice).env).toEqual([{ name: 'MODE', value: 'x' }, level])
  })
  test('a container whose last one is taken away has none', () => {
    expect(envOf({ MODE: null }, { ...nginx, env: [mode] }).env).toBeUndefined()
  })
  test('a value may have several lines, quotes and any letters', () => {
    const text = '{"a": "ä 用户 😀",\n\t\'b\': $(X) }'
    expect(envOf({ MODE: text }).change).toEqual({ MODE: text })
  })
  test.each([
    ['a blank in the name', { 'A B': 'x' }],
    ['an empty name', { '': 'x' }],
    ['a digit first', { '1A': 'x' }],
    ['an equals sign', { 'A=B': 'x' }],
    ['two dots first', { '..a': 'x' }],
    ['a NUL', { A: 'x\u0000' }],
    ['an escape', { A: '\u001b[31m' }],
    ['half a character', { A: '\ud83d' }],
  ])('refused: %s', (_case, env) => {
    expect(refused({ env })).toMatchObject({ code: 'invalid-input', field: 'env' })
  })
})

describe('pods', () => {
  const replicasOf = (replicas: number | undefined, stable: number | undefined) => {
    const [clone] = drafted({ replicas }, withPod({}, { replicas: stable })).objects
    return (clone.spec as { replicas: number }).replicas
  }
  test.each([
    ['as many as the stable version wants', undefined, 4, 4],
    ['one where it does not say', undefined, undefined, 1],
    ['one where it is scaled to nothing', undefined, 0, 1],
    ['as many as are chosen', 2, 4, 2],
  ])('%s', (_case, chosen, stable, expected) => {
    expect(replicasOf(chosen, stable)).toBe(expected)
  })
  test.each([0, -1, 1.5, 1001, Number.NaN])('never %d', replicas => {
    expect(refused({ replicas })).toMatchObject({ code: 'invalid-input', field: 'replicas' })
  })
})

test('a paused Deployment gets a copy that runs; how it rolls stays', () => {
  const spec = { paused: true, strategy: { type: 'Recreate' }, minReadySeconds: 5 }
  const [clone] = drafted({}, withPod({}, spec)).objects
  expect(clone.spec).toMatchObject({ strategy: { type: 'Recreate' }, minReadySeconds: 5 })
  expect(clone.spec).not.toHaveProperty('paused')
})

test('an image that is none is refused where it was typed', () => {
  expect(refused({ image: 'nginx v2' })).toMatchObject({ code: 'invalid-input', field: 'image' })
})

describe('several Deployments behind the Service', () => {
  const from = {
    deployments: [
      deployment('user-a', { app: 'user-v1', part: 'a' }),
      deployment('user-v1', { app: 'user-v1', part: 'b' }),
    ],
  }
  test('one must be chosen', () => {
    expect(refused({}, from)).toMatchObject({
      code: 'ambiguous-deployment',
      field: 'deployment',
      params: { deployments: 'user-a, user-v1' },
    })
  })
  test('the chosen one is copied', () => {
    const [clone] = drafted({ deployment: 'user-a' }, from).objects
    expect([clone.metadata.name, podOf(clone).labels]).toEqual([
      'user-a-v2',
      { app: 'user-v2', part: 'a-v2' },
    ])
  })
  test('one that is not behind the Service is refused', () => {
    expect(refused({ deployment: 'pay-v1' })).toMatchObject({
      code: 'invalid-input',
      field: 'deployment',
      params: { deployments: 'user-v1' },
    })
  })
})

test('traces of cluster and tools stay with the stable version; what people wrote is copied', () => {
  const metadata = {
    labels: {
      app: 'user-v1',
      team: 'shop',
      'app.kubernetes.io/managed-by': 'Helm',
      'app.kubernetes.io/instance': 'prod',
      'argocd.argoproj.io/instance': 'prod',
      'kustomize.toolkit.fluxcd.io/name': 'prod',
      'halftone.dev/release': 'earlier',
    },
    annotations: {
      note: 'keep',
      'deployment.kubernetes.io/revision': '3',
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
      'meta.helm.sh/release-name': 'prod',
      'argocd.argoproj.io/tracking-id': 'x',
      'halftone.dev/change': '{}',
    },
    ownerReferences: [{ kind: 'App' }],
    managedFields: [],
    finalizers: ['x'],
    generation: 7,
    creationTimestamp: '2026-01-01T00:00:00Z',
  }
  const template = { annotations: { 'prometheus.io/scrape': 'true', 'argocd.argoproj.io/x': 'y' } }
  const [clone] = drafted(
    {},
    { deployments: [deployment('user-v1', labels, { metadata, template })] },
  ).objects
  expect(clone.metadata).toEqual({
    name: 'user-v2',
    namespace: 'shop',
    labels: {
      app: 'user-v2',
      team: 'shop',
      'app.kubernetes.io/managed-by': 'halftone',
      'halftone.dev/release': 'user-canary',
    },
    annotations: {
      note: 'keep',
      'halftone.dev/start': expect.stringContaining('nginx-ingress'),
      'halftone.dev/change': expect.stringContaining('"image":"nginx:user-v2"'),
    },
  })
  expect(podOf(clone).annotations).toEqual({ 'prometheus.io/scrape': 'true' })
  expect(clone).not.toHaveProperty('status')
})
