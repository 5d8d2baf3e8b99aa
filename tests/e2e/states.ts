import type { Page } from '@playwright/test'
import type { Frame } from '@/lib/contract'
import type { Release } from '@/lib/domain/model/release'
import type { Samples } from '@/lib/domain/model/samples'
import type { Status } from '@/lib/domain/model/status'
import type { Catalogue } from '@/lib/language/catalogue'
import type { Answers } from '@/tests/e2e/stage'
import { START_STATES } from '@/tests/e2e/start-states'
import { TRY_STATES } from '@/tests/e2e/try-states'
import {
  boardFrames,
  clusterFrame,
  deadFinding,
  hostileFrames,
  manyFrames,
  referenceRelease,
  referenceSamples,
} from '@/tests/fixtures/frames'
import { HANGS, work, workFrame } from '@/tests/fixtures/starts'
import { referenceStatus, troubledStatus } from '@/tests/fixtures/status'

/** A state of a screen that must hold up: what the stream tells, and what a person does before one looks. */
export type State = {
  name: string
  path: string
  frames: readonly Frame[]
  silent?: boolean
  answers?: Answers
  act?: (page: Page, say: Catalogue) => Promise<void>
}

const NAME = 'kind-dev/default/user-canary' as const
const RELEASE_PATH = '/releases/kind-dev/default/user-canary'

const told = (
  release: Release,
  samples: Samples | null = referenceSamples(),
  cluster = clusterFrame(),
): Frame[] => [
  cluster,
  { key: `release/${NAME}`, value: release },
  ...(samples ? [{ key: `samples/${NAME}` as const, value: samples }] : []),
]

const release = referenceRelease()
const pods = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `user-v2-fc9d84585-${String(index).padStart(5, '0')}`,
    ready: index > 2,
    phase: index > 2 ? 'Running' : 'Pending',
    restarts: index === 0 ? 12 : 0,
    image: 'nginx:user-v2',
    node: `kind-worker${index % 7}`,
    startedAt: '2026-11-18T14:00:00Z',
    ...(index < 3 && { reason: 'ImagePullBackOff', lastExit: { reason: 'OOMKilled', code: 137 } }),
  }))

const unmeasured = (why: 'gateway-unreachable' | 'unknown-answers'): Samples => {
  const samples = referenceSamples()
  return {
    ...samples,
    inEffect: null,
    lanes: samples.lanes.map(lane => ({
      ...lane,
      verdict: 'cannot-measure' as const,
      why,
      share: null,
      unknown: why === 'unknown-answers' ? 734 : 0,
      examples:
        why === 'unknown-answers'
          ? [{ status: 200, contentType: 'text/html', words: ['user-v1', 'user-v2'] }]
          : [],
    })),
  }
}

const LONG = 'checkout-recommendations-personalisation-service-v2-hotfix-2026'

const statusIs = (status: Status | null): Answers => ({ '**/api/status': status })

/** Every state of all screens that a reader may meet. */
export const STATES: readonly State[] = [
  { name: 'board', path: '/', frames: boardFrames },
  { name: 'board empty', path: '/', frames: [clusterFrame()] },
  { name: 'board 1000', path: '/', frames: manyFrames() },
  { name: 'board hostile', path: '/', frames: hostileFrames },
  {
    name: 'board stale',
    path: '/',
    frames: [...boardFrames, clusterFrame({ state: 'stale', since: '2026-11-18T14:31:40Z' })],
  },
  {
    name: 'board unreachable',
    path: '/',
    frames: [
      clusterFrame({
        state: 'unreachable',
        version: '',
        gateway: null,
        unreadable: [{ kind: 'pods', why: 'forbidden' }],
      }),
    ],
  },
  { name: 'board no contact', path: '/', frames: [], silent: true },
  {
    name: 'board finding open',
    path: '/',
    frames: boardFrames,
    act: async (page, say) => {
      await page.getByRole('button', { name: say.board.severity.error }).first().click()
    },
  },
  {
    name: 'help',
    path: '/',
    frames: boardFrames,
    act: async (page, say) => {
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: say.shared.keyboard }).waitFor()
    },
  },
  { name: 'not found', path: '/nowhere', frames: [] },
  { name: 'status', path: '/status', frames: [clusterFrame()], answers: statusIs(referenceStatus()) },
  {
    name: 'status of clusters in trouble',
    path: '/status',
    frames: [clusterFrame(), clusterFrame({ cluster: 'prod', state: 'stale' })],
    answers: statusIs(troubledStatus()),
  },
  { name: 'status unread', path: '/status', frames: [clusterFrame()], answers: statusIs(null) },
  {
    name: 'pages on a phone',
    path: '/status',
    frames: [clusterFrame()],
    answers: statusIs(referenceStatus()),
    act: async (page, say) => {
      const menu = page.getByRole('button', { name: say.shared.menu })
      if (await menu.isVisible()) await menu.click()
    },
  },
  { name: 'release', path: RELEASE_PATH, frames: told(release) },
  {
    name: 'release draft',
    path: RELEASE_PATH,
    frames: told(release),
    act: async (page, say) => {
      await page
        .getByRole('group', { name: say.traffic.steps })
        .getByRole('button', { name: '50', exact: true })
        .click()
      await page.getByRole('button', { name: say.traffic.patch }).click()
    },
  },
  {
    name: 'release to 100',
    path: RELEASE_PATH,
    frames: told(release),
    act: async (page, say) => {
      await page
        .getByRole('group', { name: say.traffic.steps })
        .getByRole('button', { name: '100', exact: true })
        .click()
      await page.getByRole('button', { name: say.traffic.apply('20', '100') }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'release roll back asked',
    path: RELEASE_PATH,
    frames: told(release),
    act: async (page, say) => {
      await page.getByRole('button', { name: say.release.rollBack.act }).click()
    },
  },
  {
    name: 'release write refused',
    path: RELEASE_PATH,
    frames: told(release),
    act: async (page, say) => {
      await page.route('**/weight', route =>
        route.fulfill({
          status: 409,
          contentType: 'application/problem+json',
          body: JSON.stringify({
            type: 'urn:halftone:problem:stale-edit',
            status: 409,
            code: 'stale-edit',
            title: 'Somebody else has changed this Ingress since you began; nothing was written',
            requestId: 'x',
          }),
        }),
      )
      await page
        .getByRole('group', { name: say.traffic.steps })
        .getByRole('button', { name: '50', exact: true })
        .click()
      await page.getByRole('button', { name: say.traffic.apply('20', '50') }).click()
      await page.getByRole('alert').first().waitFor()
    },
  },
  {
    name: 'release as table',
    path: RELEASE_PATH,
    frames: told(release),
    act: async (page, say) => {
      await page.getByRole('button', { name: say.proof.asTable }).click()
    },
  },
  { name: 'release not sampled', path: RELEASE_PATH, frames: told(release, null) },
  {
    name: 'release cannot measure',
    path: RELEASE_PATH,
    frames: told(release, unmeasured('gateway-unreachable')),
  },
  {
    name: 'release unknown answers',
    path: RELEASE_PATH,
    frames: told(release, unmeasured('unknown-answers')),
  },
  {
    name: 'release dead',
    path: RELEASE_PATH,
    frames: told(
      {
        ...release,
        state: 'dead',
        findings: [deadFinding],
        routes: release.routes.map(route => ({ ...route, live: false, why: deadFinding.id })),
      },
      null,
    ),
  },
  {
    name: 'release parked',
    path: RELEASE_PATH,
    frames: told({ ...release, state: 'parked', weight: 0, rules: { header: null, cookie: null } }, null),
  },
  {
    name: 'release pattern, total 1000',
    path: RELEASE_PATH,
    frames: told(
      {
        ...release,
        weight: 3,
        weightTotal: 1000,
        affinity: 'sticky',
        rules: {
          header: { name: 'x-user-id', pattern: '^(1001|1042|2077)$', example: '1042' },
          cookie: null,
        },
      },
      null,
    ),
  },
  {
    name: 'release canary without pods',
    path: RELEASE_PATH,
    frames: told({
      ...release,
      canary: {
        ...release.canary,
        deployments: [{ name: 'user-v2', image: 'nginx:user-v2', replicas: 3, ready: 0, updated: 3 }],
        endpoints: { ready: 0, total: 0 },
        pods: [],
      },
    }),
  },
  {
    name: 'release 1000 pods, long names',
    path: RELEASE_PATH,
    frames: told({
      ...release,
      canary: {
        ...release.canary,
        service: `service-${LONG}`.slice(0, 63),
        deployments: [
          {
            name: LONG,
            image: `registry.example.com/team/${LONG}:2026-11-18-build-4711`,
            replicas: 1000,
            ready: 997,
            updated: 1000,
          },
        ],
        endpoints: { ready: 997, total: 1000 },
        pods: pods(100),
        morePods: 900,
      },
    }),
  },
  {
    name: 'release owned elsewhere',
    path: RELEASE_PATH,
    frames: told({ ...release, owner: { kind: 'Rollout', name: 'user' } }),
  },
  {
    name: 'release stale',
    path: RELEASE_PATH,
    frames: told(
      release,
      referenceSamples(),
      clusterFrame({ state: 'stale', since: '2026-11-18T14:31:40Z', nextTryAt: '2026-11-18T14:32:05Z' }),
    ),
  },
  {
    name: 'release read only',
    path: RELEASE_PATH,
    frames: told(release, referenceSamples(), clusterFrame({ readOnly: true })),
  },
  { name: 'release gone', path: RELEASE_PATH, frames: [clusterFrame()] },
  { name: 'release no contact', path: RELEASE_PATH, frames: [], silent: true },
  {
    name: 'release fixed build asked',
    path: RELEASE_PATH,
    frames: told(release),
    act: async (page, say) => {
      await page.getByRole('button', { name: say.operation.image.act }).click()
    },
  },
  {
    name: 'release fixed build running',
    path: RELEASE_PATH,
    frames: [
      ...told({ ...release, state: 'parked', weight: 0, rules: { header: null, cookie: null } }, null),
      workFrame(work('pods', { kind: 'image', step: { params: HANGS } })),
    ],
  },
  ...TRY_STATES,
  ...START_STATES,
]

/** Waits until a staged state stands still enough to be looked at. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.locator('main').first().waitFor()
  await page
    .locator('[aria-busy="true"]')
    .first()
    .waitFor({ state: 'detached', timeout: 5_000 })
    .catch(() => undefined)
}
