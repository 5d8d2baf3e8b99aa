import { expect, test, vi } from 'vitest'
import { DEPLOYMENTS, stepOf, stepsOf, world } from './with-operations'

const WRITES = [
  ['deployment', 'Deployment', []],
  ['service', 'Service', ['Deployment']],
  ['ingress', 'Ingress', ['Deployment', 'Service']],
] as const
const REFUSALS = [
  ['rbac', 'cluster-forbids', /forbidden/],
  ['quota', 'cluster-refuses', /exceeded quota/],
  ['webhook', 'cluster-refuses', /denied the request/],
] as const

test.each(WRITES)(
  'a refusal at the write of the %s stops there, says why, leaves nothing unseen, and can be continued or removed',
  async (step, kind, left) => {
    const on = await world({ isSampled: false })
    for (const [end, code, message] of REFUSALS) {
      await on.fault({ writes: { end, kind, at: 1 } })
      const ended = await on.ended(await on.start())
      expect(ended.problem, end).toMatchObject({ code, title: expect.stringMatching(message) })
      expect(stepOf(ended, step), end).toMatchObject({ state: 'failed' })
      expect(stepsOf(ended).filter(each => each.endsWith('running'))).toEqual([])
      await vi.waitFor(() => expect(on.halfStarted()?.objects.map(object => object.kind) ?? []).toEqual(left))
      const before = await on.made()
      await on.fault({ writes: null })
      const resumed = await on.ended(await on.resume())
      expect(resumed.problem).toBeNull()
      expect(resumed.state, end).toBe('done')
      expect(await on.made(), end).toMatchObject(before)
      expect((await on.ended(on.remove())).problem, end).toBeNull()
      expect(await on.made(), end).toEqual({})
    }
  },
)

test('what somebody has written on a Deployment is a name and no more: it asks the API server for nothing else', async () => {
  const on = await world({ isSampled: false })
  await on.fault({ writes: { end: 'rbac', kind: 'Service', at: 1 } })
  await on.ended(await on.start())
  await on.fault({ writes: null })
  const change = JSON.stringify({
    deployment: 'user-v1&watch=true',
    container: 'user',
    image: 'nginx:user-v2',
  })
  await on.kubectl('PATCH', `${DEPLOYMENTS}/user-v2`, {
    metadata: { annotations: { 'halftone.dev/change': change } },
  })
  expect(await on.resume()).toMatchObject({
    problem: { code: expect.stringMatching(/^(not-found|cluster-refuses)$/) },
  })
})
