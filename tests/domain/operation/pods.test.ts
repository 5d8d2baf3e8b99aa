import { describe, expect, test } from 'vitest'
import type { Deployment, Pod } from '@/lib/domain/model/workload'
import {
  areReady,
  longestStuck,
  podsNotReady,
  podsOf,
  podsParams,
  type Stuck,
  stuckAfter,
} from '@/lib/domain/operation/pods'

const named = { namespace: 'shop', uid: '', resourceVersion: '1' }
const deployment: Deployment = {
  ...named,
  name: 'user-v2',
  templateLabels: { app: 'user-v2' },
  containers: [],
  replicas: 3,
  ready: 1,
  updated: 3,
}
const pod = (name: string, more: Partial<Pod> = {}): Pod => ({
  ...named,
  name,
  labels: { app: 'user-v2', 'pod-template-hash': 'x' },
  ready: false,
  phase: 'Pending',
  restarts: 0,
  image: '',
  node: '',
  startedAt: null,
  ...more,
})

describe('a Deployment is ready', () => {
  test.each([
    ['with all pods of the present template ready', { ready: 3 }, true],
    ['not while one is missing', { ready: 2 }, false],
    ['not while pods of the template before are still there', { ready: 3, isRolling: true as const }, false],
    ['not while the present template has too few', { ready: 3, updated: 2 }, false],
    ['not when it was scaled away', { replicas: 0, ready: 0, updated: 0 }, false],
  ])('%s', (_case, more, expected) => {
    expect(areReady({ ...deployment, ...more })).toBe(expected)
  })
})

describe('a pod is hopeless', () => {
  test.each([
    'ErrImagePull',
    'ImagePullBackOff',
    'InvalidImageName',
    'CrashLoopBackOff',
    'CreateContainerConfigError',
    'CreateContainerError',
    'Unschedulable',
  ])('that is in %s', reason => {
    expect(stuckAfter(new Map(), { deployment, pods: [pod('a', { reason })] }, 5)).toEqual(
      new Map([['a', 5]]),
    )
  })

  test.each(['ContainerCreating', 'ContainersNotReady', 'PodInitializing', 'Completed'])(
    'but not in %s: it may pass',
    reason => {
      expect(stuckAfter(new Map(), { deployment, pods: [pod('a', { reason })] }, 5).size).toBe(0)
    },
  )

  test('and the time runs from when it began, also from one word to the next, and anew after it has passed', () => {
    const seen = (reason?: string) => ({
      deployment,
      pods: [pod('a', reason === undefined ? {} : { reason })],
    })
    let stuck: Stuck = stuckAfter(new Map(), seen('ErrImagePull'), 0)
    stuck = stuckAfter(stuck, seen('ImagePullBackOff'), 10)
    expect(longestStuck(stuck, 15)).toBe(15)
    stuck = stuckAfter(stuck, seen('ContainerCreating'), 20)
    expect(longestStuck(stuck, 20)).toBe(0)
    stuck = stuckAfter(stuck, seen('ErrImagePull'), 30)
    expect(longestStuck(stuck, 32)).toBe(2)
  })

  test('and so is a Deployment that cannot make any', () => {
    const failure = { reason: 'FailedCreate', message: 'exceeded quota' }
    const seen = { deployment: { ...deployment, failure }, pods: [] }
    expect(longestStuck(stuckAfter(stuckAfter(new Map(), seen, 0), seen, 7), 7)).toBe(7)
    expect(podsParams(seen)).toMatchObject({ pod: null, ...failure })
  })
})

test('the pod that tells most is named, in the cluster’s own words', () => {
  const pods = [
    pod('a', { ready: true }),
    pod('b', { reason: 'ContainerCreating' }),
    pod('c', { reason: 'ImagePullBackOff', message: 'Back-off pulling image' }),
  ]
  const { problem } = podsNotReady({ deployment, pods })
  expect(problem).toMatchObject({ code: 'pods-not-ready', title: expect.stringContaining('1 of 3') })
  expect(problem.params).toEqual({
    ready: 1,
    replicas: 3,
    pod: 'c',
    reason: 'ImagePullBackOff',
    message: 'Back-off pulling image',
  })
})

test('while the build before is still ready, only pods of the present one are counted', () => {
  const rolling = { ...deployment, ready: 3, updated: 1, isRolling: true as const }
  const hanging = pod('new', { reason: 'ImagePullBackOff' })
  expect(podsParams({ deployment: rolling, pods: [hanging] })).toMatchObject({ ready: 0, replicas: 3 })
  const risen = pod('new', { ready: true })
  expect(podsParams({ deployment: rolling, pods: [risen] })).toMatchObject({ ready: 1, replicas: 3 })
})

test('pods that are ending, were there before, or are somebody else’s do not count', () => {
  const pods = [
    pod('ending', { phase: 'Terminating' }),
    pod('before'),
    pod('other', { labels: { app: 'user-v1' } }),
    pod('ours'),
  ]
  expect(podsOf(deployment, pods, new Set(['before'])).map(({ name }) => name)).toEqual(['ours'])
})
