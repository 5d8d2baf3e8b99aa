import { expect } from '@playwright/test'
import type { Release } from '@/lib/domain/model/release'
import type { Samples } from '@/lib/domain/model/samples'
import { type Demo, test } from '@/tests/e2e/demo'
import { draw, WIDTH } from '@/tests/pictures/draw'

test.use({ demoArgs: ['--world', 'board'], viewport: { width: WIDTH, height: 1150 } })

const MOST = 8

const ask = async <T>({ url }: Demo, path: string): Promise<T> =>
  JSON.parse(await (await fetch(`${url}/api/clusters/sandbox/releases${path}`)).text())

/** Of `npm run pictures`. */
test('the board with releases in every state, some of them watched', async ({ page, demo }) => {
  test.setTimeout(400_000)
  await page.goto(`${demo.url}/?show=shifting`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/\d/)
  const releases = await ask<Release[]>(demo, '')
  const watched = releases.filter(({ state }) => state === 'shifting').slice(-MOST)
  // Asking counts as watching, so the sampler works as if their pages were open.
  const verdicts = () =>
    Promise.all(
      watched.map(async ({ id }) => {
        const { lanes } = await ask<Samples>(demo, `/${id.namespace}/${id.name}/samples`)
        return lanes.find(({ lane }) => lane === 'everyone')?.verdict
      }),
    )
  await expect
    .poll(async () => (await verdicts()).filter(verdict => verdict === 'not-enough-yet').length, {
      timeout: 300_000,
      intervals: [2_000],
    })
    .toBe(0)
  await draw(page, 'board')
})
