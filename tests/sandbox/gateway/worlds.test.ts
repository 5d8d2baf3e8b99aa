import { afterAll, beforeAll, expect, test } from 'vitest'
import { campaign } from '@/tests/cluster/differential/campaign'
import { sandboxSide } from '@/tests/cluster/differential/sandbox-side'
import type { Side } from '@/tests/cluster/differential/side'

/** Ages are a second apart, so that each batch takes some. Units: milliseconds. */
const WORLDS_MS = 120_000

let side: Side
beforeAll(async () => {
  side = await sandboxSide()
})
afterAll(() => side.close())

test(
  'random worlds are answered as the model says, by API server and gateway',
  async () => {
    const { differences, answers } = await campaign(side, { seed: 4, worlds: 32, batch: 8 }, () => undefined)
    expect(differences).toEqual([])
    expect(answers).toBe(1280)
  },
  WORLDS_MS,
)
