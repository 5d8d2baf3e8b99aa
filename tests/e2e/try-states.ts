import type { Page } from '@playwright/test'
import type { Frame } from '@/lib/contract'
import type { Catalogue } from '@/lib/language/catalogue'
import type { State } from '@/tests/e2e/states'
import { decisionByHeader, mendable, referenceMending, referenceSent } from '@/tests/fixtures/decisions'
import { clusterFrame, referenceRelease, referenceSamples } from '@/tests/fixtures/frames'

const NAME = 'kind-dev/default/user-canary' as const
const path = `/releases/${NAME}`

const frames = (part: Parameters<typeof referenceRelease>[0] = {}): Frame[] => [
  clusterFrame(),
  { key: `release/${NAME}`, value: referenceRelease(part) },
  { key: `samples/${NAME}`, value: referenceSamples() },
]

async function sendMarked(page: Page, say: Catalogue): Promise<void> {
  const panel = page.getByRole('region', { name: say.trial.heading })
  await panel.getByRole('button', { name: say.trial.preset.header }).click()
  await panel.getByText(say.trial.always).waitFor()
  await panel.getByRole('button', { name: say.trial.send }).click()
  await panel.locator('time').waitFor()
}

/** States of *Try a request* and of mending a finding. */
export const TRY_STATES: readonly State[] = [
  {
    name: 'release tried and answered',
    path,
    frames: frames(),
    answers: { '**/decide': decisionByHeader, '**/request': referenceSent() },
    act: sendMarked,
  },
  {
    name: 'release answered otherwise',
    path,
    frames: frames(),
    answers: {
      '**/decide': decisionByHeader,
      '**/request': referenceSent({ answered: 'stable', version: 'user-v1', isDue: false }),
    },
    act: sendMarked,
  },
  {
    name: 'release request that cannot be sent',
    path,
    frames: frames(),
    act: async (page, say) => {
      await page.getByRole('button', { name: say.trial.addHeader }).click()
      await page.keyboard.type('Host')
      await page.getByText(say.trial.correct).waitFor()
    },
  },
  {
    name: 'release finding to be mended',
    path,
    frames: frames({ findings: [mendable] }),
    answers: { '**/fix': referenceMending },
    act: async (page, say) => {
      await page.getByRole('button', { name: say.release.findings.mend }).click()
      await page.getByText('canary-weight', { exact: false }).first().waitFor()
    },
  },
]
