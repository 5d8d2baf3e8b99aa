import { describe, expect, test } from 'vitest'
import type { Deployment } from '@/lib/domain/model/workload'
import { imagePatch, imagePlace } from '@/lib/domain/operation/image'
import { changeText } from '@/lib/domain/start/change'
import { noVersion } from '@/lib/domain/version'

const id = { cluster: 'demo', namespace: 'shop', name: 'user-canary' }
const side = (...names: string[]) => ({
  ...noVersion,
  service: 'service-user-v2',
  deployments: names.map(name => ({ name, image: 'nginx:2', replicas: 1, ready: 1, updated: 1 })),
})
const release = {
  id,
  owner: null,
  findings: [],
  routes: [{ namespace: 'shop' }] as never,
  stable: side('user-v1'),
  canary: side('user-v2'),
}
const deployment = (...containers: string[]): Deployment => ({
  namespace: 'shop',
  name: 'user-v2',
  uid: 'u',
  resourceVersion: '1',
  templateLabels: {},
  containers: containers.map(name => ({ name, image: 'nginx:2' })),
  replicas: 1,
  ready: 1,
  updated: 1,
})
const build = { image: 'nginx:3' }

describe('a fixed build goes into', () => {
  test('the one container of the one Deployment behind the canary', () => {
    expect(imagePlace(release, [deployment('app')], build)).toEqual({
      ok: true,
      value: { deployment: 'user-v2', container: 'app' },
    })
  })

  test('the container that is named', () => {
    const place = imagePlace(release, [deployment('app', 'proxy')], { ...build, container: 'proxy' })
    expect(place).toMatchObject({ value: { container: 'proxy' } })
  })

  test.each([
    ['several containers and none named', {}, ['app', 'proxy'], build, 'ambiguous-container'],
    ['a container that is not there', {}, ['app'], { ...build, container: 'x' }, 'invalid-input'],
    ['several Deployments', { canary: side('user-v2', 'user-v2b') }, ['app'], build, 'ambiguous-deployment'],
    ['no Deployment', { canary: side() }, ['app'], build, 'not-found'],
    ['what is no image', {}, ['app'], { image: 'no image' }, 'invalid-input'],
    [
      'an Ingress of another controller',
      { owner: { kind: 'Rollout', name: 'r' } },
      ['app'],
      build,
      'owned-elsewhere',
    ],
    [
      'pods that the stable Service selects as well',
      { stable: side('user-v1', 'user-v2') },
      ['app'],
      build,
      'selector-overlap',
    ],
  ])('nothing with %s', (_case, more, containers, input, code) => {
    expect(imagePlace({ ...release, ...more }, [deployment(...containers)], input)).toMatchObject({
      ok: false,
      problem: { code },
    })
  })
})

describe('the patch', () => {
  const change = { deployment: 'user-v1', container: 'app', image: 'nginx:2', env: { A: '1', B: null } }
  const raw = (annotations: object) => ({ metadata: { uid: 'u', resourceVersion: '7', annotations } })

  test('is for the object that was read, and keeps what promote is to apply up to date', () => {
    expect(imagePatch(raw({ 'halftone.dev/change': changeText(change) }), 'app', 'nginx:3')).toEqual({
      ok: true,
      value: {
        metadata: {
          uid: 'u',
          resourceVersion: '7',
          annotations: { 'halftone.dev/change': changeText({ ...change, image: 'nginx:3' }) },
        },
        spec: { template: { spec: { containers: [{ name: 'app', image: 'nginx:3' }] } } },
      },
    })
  })

  test('of a canary that kubectl made says nothing about promote', () => {
    const patch = imagePatch(raw({}), 'app', 'nginx:3')
    expect(patch).toMatchObject({ ok: true, value: { metadata: { uid: 'u', resourceVersion: '7' } } })
    expect(patch.ok && patch.value.metadata.annotations).toBeUndefined()
  })

  test('is refused for another container than the one that was changed: promote could not apply both', () => {
    expect(imagePatch(raw({ 'halftone.dev/change': changeText(change) }), 'proxy', 'x:1')).toMatchObject({
      problem: { code: 'invalid-input', field: 'container' },
    })
  })
})
