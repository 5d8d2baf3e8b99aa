import type { Locator, Page } from '@playwright/test'
import type { OperationKind } from '@/lib/domain/model/operation'
import { catalogueOf } from '@/lib/language/catalogue'
import type { Behind } from '@/tests/e2e/behind'

const say = catalogueOf('en')
const NAME = 'user-canary'

/** Where the three objects of a release of /user are. */
export const MADE = {
  deployment: '/apis/apps/v1/namespaces/default/deployments/user-v2',
  service: '/api/v1/namespaces/default/services/service-user-v2',
  ingress: `/apis/networking.k8s.io/v1/namespaces/default/ingresses/${NAME}`,
}

/** Which of the three objects there are. */
export async function isMade(behind: Behind) {
  const [deployment, service, ingress] = await Promise.all(Object.values(MADE).map(path => behind.has(path)))
  return { deployment, service, ingress }
}
export const NOTHING = { deployment: false, service: false, ingress: false }

/** A pod may hang for 15 s before a start stops. */
export const STOPPED = { timeout: 60_000 }

/** What the work on the release of /user is called on its page, in this state. */
export const workHead = (page: Page, kind: OperationKind, state: 'running' | 'done' | 'failed'): Locator =>
  page.getByRole('heading', { name: say.operation.head[kind][state](NAME) })

/** Its steps, once it has stopped. */
export const stoppedSteps = (page: Page): Locator =>
  page.getByRole('list', { name: say.operation.head.start.failed(NAME) })
