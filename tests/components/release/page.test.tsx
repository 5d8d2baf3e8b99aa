// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { openRelease, region, tell, textOf } from '@/tests/components/release/open-release'
import { deadFinding, HOSTILE, referenceRelease, referenceSamples } from '@/tests/fixtures/frames'

afterEach(cleanup)

const sentence = () => textOf(screen.getByRole('heading', { level: 1 }))
const title = () => document.querySelector('title')?.textContent

test('the sentence says what is true; the title has route, version, weight and cluster', () => {
  openRelease()
  expect(sentence()).toBe(
    '1 in 5 requests to /user goes to user-v2. Requests with role: test or the cookie vip_user=always always do.',
  )
  expect(title()).toBe('/user · user-v2 at 20 · kind-dev · Halftone')
})

test('without samples the sentence claims no more than what is written', () => {
  openRelease({ samples: null })
  expect(sentence()).toContain('is set to go to user-v2. No answer has proven it yet.')
})

test('of a last picture nothing is told as a fact, rules included', () => {
  openRelease({ cluster: { state: 'stale', since: '2026-11-18T14:31:40Z' } })
  expect(sentence()).toContain('is set to go to user-v2. This is the last picture; it may have changed.')
  expect(sentence()).toContain('vip_user=always should always go there.')
})

test('where nothing can be measured the sentence does not wait for answers', () => {
  const samples = referenceSamples()
  openRelease({
    samples: {
      ...samples,
      inEffect: null,
      lanes: samples.lanes.map(lane => ({
        ...lane,
        verdict: 'cannot-measure',
        why: 'gateway-unreachable',
        share: null,
      })),
    },
  })
  expect(sentence()).toContain('is set to go to user-v2. It cannot be measured now.')
})

test('the same in Chinese', () => {
  openRelease({ language: 'zh-CN' })
  expect(sentence()).toContain('发往 /user 的请求，每 5 个有 1 个到 user-v2。')
  expect(screen.getByRole('button', { name: '回滚' })).toBeDefined()
})

test('headings go down one level at a time', () => {
  openRelease()
  const levels = screen.getAllByRole('heading').map(each => Number(each.tagName[1]))
  expect(levels.every((level, index) => level <= (levels[index - 1] ?? 0) + 1)).toBe(true)
})

test('a canary deleted under the page: it says so, and the way to the board', () => {
  openRelease()
  tell({ key: 'release/kind-dev/default/user-canary', value: null })
  expect(sentence()).toBe('This release is gone')
  expect(screen.getByRole('link', { name: 'To the board' }).getAttribute('href')).toBe('/')
})

test('a link to a release that is not there says the same', () => {
  openRelease({ release: null, samples: null })
  expect(sentence()).toBe('This release is gone')
})

test('a dead canary: the sentence, and the finding with why and fix on demand', async () => {
  openRelease({
    release: {
      state: 'dead',
      findings: [deadFinding],
      routes: referenceRelease().routes.map(route => ({ ...route, live: false, why: 'L02' })),
    },
    samples: null,
  })
  expect(sentence()).toBe('No request to /user reaches user-v2: this canary does nothing.')
  expect(screen.queryByText(deadFinding.why)).toBeNull()
  await userEvent.click(screen.getByRole('button', { name: 'Why and fix' }))
  expect(screen.getByText(deadFinding.why)).toBeDefined()
})

test('a dead canary without a Service is not called by a name that nobody gave it', () => {
  const { canary } = referenceRelease()
  openRelease({
    release: {
      state: 'dead',
      canary: { ...canary, service: '', deployments: [] },
      routes: referenceRelease().routes.map(route => ({ ...route, live: false, why: 'L34' })),
    },
    samples: null,
  })
  expect(sentence()).toBe('No request to /user reaches a canary: there is no Service of one.')
})

test('a canary of no route at all still has its sentence', () => {
  openRelease({ release: { state: 'dead', routes: [] }, samples: null })
  expect(sentence()).toBe('This canary does nothing: it belongs to no route.')
})

test('ready pods of the build before are not taken for pods of the image that is shown', () => {
  const { canary } = referenceRelease()
  const [deployment] = canary.deployments
  const hanging = {
    ...deployment,
    name: 'user-v2',
    image: 'nginx:user-v3',
    replicas: 3,
    ready: 3,
    updated: 1,
  }
  openRelease({ release: { canary: { ...canary, deployments: [hanging] } } })
  expect(region('Versions').getByText(/At least 2 of the 3 ready pods are from before/)).toBeDefined()
  tell({ key: 'release/kind-dev/default/user-canary', value: referenceRelease() })
  expect(region('Versions').queryByText(/are from before/)).toBeNull()
})

test('what a pod carries is small, never none; a weight nobody gets claims no share', () => {
  const { canary } = referenceRelease()
  openRelease({ release: { canary: { ...canary, endpoints: { ready: 997, total: 1000 } } } })
  expect(region('Versions').getByText('20 of 100 parts, 0.02 per pod', { exact: false })).toBeDefined()
  tell({
    key: 'release/kind-dev/default/user-canary',
    value: referenceRelease({ canary: { ...canary, endpoints: { ready: 0, total: 0 } } }),
  })
  expect(region('Traffic').getByText('Weight 20 of 100, without effect now')).toBeDefined()
})

test('both versions: image, readiness, pods; a pod that is not ready says why and how it ended', () => {
  openRelease()
  const versions = region('Versions')
  expect(versions.getByText('2 of 3 ready · 20 of 100 parts, 10 per pod', { exact: false })).toBeDefined()
  const pods = within(versions.getByRole('table', { name: 'Pods of user-v2' }))
  expect(pods.getByText('not ready: readiness probe failed: HTTP 503')).toBeDefined()
  expect(pods.getByText(/last exit: Error, code 137/)).toBeDefined()
  expect(pods.getByRole('button', { name: 'Copy kubectl logs' })).toBeDefined()
})

test('no pods and more pods than are listed are both said', () => {
  const { stable, canary } = referenceRelease()
  openRelease({
    release: { stable: { ...stable, morePods: 900 }, canary: { ...canary, pods: [] } },
  })
  expect(region('Versions').getByText('900 more pods, all of them listed by kubectl')).toBeDefined()
  expect(region('Versions').getByText('No pods.')).toBeDefined()
})

test('pods that cannot be read are not "no pods"', () => {
  const { canary } = referenceRelease()
  openRelease({
    release: { canary: { ...canary, pods: [] } },
    cluster: { unreadable: [{ kind: 'default/pods', why: 'forbidden' }] },
  })
  expect(region('Versions').queryByText('No pods.')).toBeNull()
  expect(region('Versions').getAllByText(/Halftone cannot read them/)).toHaveLength(2)
})

test('too few pods for its weight is a warning with the figures', () => {
  const { canary } = referenceRelease()
  openRelease({ release: { weight: 50, canary: { ...canary, endpoints: { ready: 1, total: 1 } } } })
  expect(textOf(region('Versions').getByText(/Each ready pod of user-v2/))).toBe(
    'Each ready pod of user-v2 carries 50 parts; a pod of user-v1 carried 33.3 with all of it.',
  )
})

test('names that look like markup are text everywhere', () => {
  const { canary } = referenceRelease()
  openRelease({
    release: {
      changedBy: HOSTILE,
      rules: { header: { name: 'x', pattern: HOSTILE }, cookie: HOSTILE },
      canary: { ...canary, deployments: canary.deployments.map(each => ({ ...each, name: HOSTILE })) },
    },
    samples: null,
  })
  expect(document.querySelector('img, script')).toBeNull()
  expect(sentence()).toContain(HOSTILE)
})
