import { describe, expect, test } from 'vitest'
import { parseIngress } from '@/lib/domain/ingress'
import { routingOf } from '@/lib/domain/routing'
import type { Manifest } from '@/sandbox/world/objects'
import { releaseManifests } from '@/sandbox/world/reference'
import { NO_SOCKET } from '@/sandbox/world/scale'
import { WORLDS, worldOf } from '@/sandbox/world/world'

const namesOf = (manifests: readonly Manifest[], kind: string) =>
  manifests.filter(each => each.kind === kind).map(each => each.metadata.name)

const keyOf = ({ kind, metadata }: Manifest) => `${kind}/${metadata.namespace ?? ''}/${metadata.name}`

describe('worlds', () => {
  test('the default world is the reference story before the release', () => {
    const world = worldOf('default')
    expect(namesOf(world, 'Deployment')).toEqual(['user-v1', 'pay-v1'])
    expect(namesOf(world, 'Service')).toEqual(['service-user-v1', 'service-pay-v1'])
    expect(namesOf(world, 'Ingress')).toEqual(['nginx-ingress'])
    expect(namesOf(releaseManifests(), 'Ingress')).toEqual(['user-canary'])
  })

  test('the empty world holds nothing', () => {
    expect(worldOf('empty')).toEqual([])
  })

  test.each(WORLDS)('in world %s no object is made twice', name => {
    const keys = worldOf(name, { pods: 500 }).map(keyOf)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test.each(WORLDS)('in world %s every object follows its own namespace', name => {
    const seen = new Set<string>()
    for (const { kind, metadata } of worldOf(name)) {
      if (kind === 'Namespace') seen.add(metadata.name)
      else if (metadata.namespace !== undefined) expect(seen).toContain(metadata.namespace)
    }
  })

  test('the board shows about twenty namespaces', () => {
    const count = namesOf(worldOf('board'), 'Namespace').length
    expect(count).toBeGreaterThanOrEqual(18)
    expect(count).toBeLessThanOrEqual(24)
  })

  test('the board has a release dead by each mistake the controller punishes so', () => {
    const ingresses = worldOf('board').filter(each => each.kind === 'Ingress')
    const served = ingresses.map(each => parseIngress(each)).filter(each => each.className === 'nginx')
    const { canaryPaths } = routingOf(served, { annotationValidation: true })
    const dead = new Map(canaryPaths.map(({ canary, dead }) => [canary.name, dead?.id]))
    expect(Object.fromEntries(dead)).toMatchObject({
      'no-match-canary': 'L01',
      'path-type-canary': 'L02',
      'tutorial-canary': 'L01',
      'same-service-canary': 'L04',
      'elsewhere-canary': 'L05',
      'second-canary-late': 'L07',
      'not-true-canary': 'L10',
      'no-http-canary': 'L34',
      'wildcard-canary': 'L36',
      'user-canary': undefined,
      'second-canary': undefined,
    })
  })

  test('the scale world makes exactly the pods asked for, without sockets', () => {
    const crowd = worldOf('scale', { pods: 1234 }).filter(each => /^crowd-/.test(each.metadata.name))
    const deployments = crowd.filter(each => each.kind === 'Deployment')
    const replicas = deployments.map(each => Number(/"replicas":(\d+)/.exec(JSON.stringify(each.spec))?.[1]))
    expect(replicas.reduce((sum, each) => sum + each, 0)).toBe(1234)
    for (const each of deployments) expect(JSON.stringify(each.spec)).toContain(NO_SOCKET)
  })

  test('a pod template of the scale world is as large as a real one', () => {
    const crowd = worldOf('scale', { pods: 50 }).find(each => each.metadata.name === 'crowd-0')
    expect(crowd?.kind).toBe('Deployment')
    expect(JSON.stringify(crowd).length).toBeGreaterThan(8000)
  })
})
