import type { Page } from '@playwright/test'
import type { StartOffer, StartReview } from '@/lib/domain/model/start'
import type { Catalogue } from '@/lib/language/catalogue'
import type { Answers } from '@/tests/e2e/stage'
import type { State } from '@/tests/e2e/states'
import { boardFrames, clusterFrame, freeRoutes } from '@/tests/fixtures/frames'
import {
  HANGS,
  halfStartedFrame,
  payRoute,
  routesFrame,
  stoppedWork,
  userOffer,
  userReview,
  userRoute,
  work,
  workFrame,
} from '@/tests/fixtures/starts'

const ROUTE = 'cluster=kind-dev&namespace=default&ingress=nginx-ingress&host=&path=%2Fuser&pathType=Prefix'
const PAGE = '/releases/new'
const USER = `${PAGE}?${ROUTE}`
const FOLLOWED = `${USER}&operation=op-1`
const told = [clusterFrame(), routesFrame()]

type Refused = { status: number; code: string; title: string; field?: string }

/** What the page is told when it asks what a start begins from, and what would come of it. */
const answering = (offer: StartOffer, review: StartReview | Refused): Answers => ({
  '**/api/clusters/*/start?*': offer,
  '**/api/clusters/*/releases': review,
  '**/api/clusters/*/operations/*': {
    status: 404,
    code: 'operation-lost',
    title: 'There is no such operation',
  },
})
const plain = answering(userOffer(), userReview())

const proceed = (page: Page, say: Catalogue) => page.getByRole('button', { name: say.start.proceed }).click()
async function toTraffic(page: Page, say: Catalogue) {
  await page.getByRole('textbox', { name: say.start.version.image, exact: true }).fill('nginx:user-v2')
  await proceed(page, say)
  await page.getByRole('button', { name: say.rules.addHeader }).waitFor()
}
async function toReview(page: Page, say: Catalogue) {
  await toTraffic(page, say)
  await proceed(page, say)
  await page.getByRole('tab').first().waitFor()
}

/** Every state of starting a release, of work that goes on, and of what it left. */
export const START_STATES: readonly State[] = [
  {
    name: 'start routes',
    path: PAGE,
    frames: [clusterFrame(), routesFrame([userRoute('user-canary'), payRoute]), ...freeRoutes],
  },
  { name: 'start version', path: USER, frames: told, answers: plain },
  {
    name: 'start variables',
    path: USER,
    frames: told,
    answers: plain,
    act: async (page, say) => {
      await page.getByRole('button', { name: say.start.version.envShow }).click()
      await page.getByRole('button', { name: say.start.version.envAdd }).click()
    },
  },
  {
    name: 'start image refused',
    path: USER,
    frames: told,
    answers: answering(userOffer(), {
      status: 422,
      code: 'invalid-input',
      title: 'An image is named like registry.example/team/user:v2 or user@sha256:…, without blanks',
      field: 'image',
    }),
    act: async (page, say) => {
      await page.getByRole('textbox', { name: say.start.version.image, exact: true }).fill('not an image')
      await proceed(page, say)
      await page.getByRole('alert').first().waitFor()
    },
  },
  {
    name: 'start obstacle',
    path: USER,
    frames: told,
    answers: answering(
      userOffer({
        obstacle: {
          code: 'selector-overlap',
          title:
            'Service service-user-v1 selects app: user, which pods of every version carry: requests could reach untested pods',
          params: {
            kind: 'Service',
            name: 'service-user-v1',
            selector: 'app: user',
            why: 'every-version',
            label: 'version: v1',
            mend: 'Add version: v1 to the selector of Service service-user-v1: its pods carry it already',
          },
        },
      }),
      userReview(),
    ),
  },
  {
    name: 'start traffic',
    path: USER,
    frames: told,
    answers: plain,
    act: async (page, say) => {
      await toTraffic(page, say)
      await page.getByRole('button', { name: say.rules.addCookie }).click()
      await page.getByRole('textbox', { name: say.rules.cookieName }).fill('vip_user')
    },
  },
  { name: 'start review', path: USER, frames: told, answers: plain, act: toReview },
  {
    name: 'start review refused',
    path: USER,
    frames: told,
    answers: answering(
      userOffer(),
      userReview({
        refusals: [
          {
            kind: 'Deployment',
            name: 'user-v2',
            code: 'cluster-refuses',
            title: 'deployments.apps "user-v2" is forbidden: exceeded quota: pods, used: 6, limited: 6',
          },
        ],
      }),
    ),
    act: toReview,
  },
  {
    name: 'start running',
    path: FOLLOWED,
    frames: [
      ...told,
      workFrame(work('pods', { step: { params: { ...HANGS, ready: 2, reason: 'pulling' } } })),
    ],
  },
  {
    name: 'start stopped',
    path: FOLLOWED,
    frames: [...told, workFrame(stoppedWork()), halfStartedFrame()],
    act: async (page, say) => {
      await page.getByRole('button', { name: say.operation.remove.act }).click()
    },
  },
  { name: 'start done', path: FOLLOWED, frames: [...told, workFrame(work(null))] },
  { name: 'start lost', path: FOLLOWED, frames: told, answers: plain },
  {
    name: 'board half-started',
    path: '/',
    frames: [...boardFrames.slice(0, 5), ...freeRoutes, halfStartedFrame(), workFrame(stoppedWork())],
  },
]
