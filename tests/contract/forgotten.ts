import { describe, expect, test, vi } from 'vitest'
import { MERGE } from './client'
import { type Story, versionOf } from './stage'

const TOO_OLD = /^The provided continue parameter is too old to display a consistent list result\./

/**
 * What the server no longer knows.
 *
 * Limits: the real API server's watch cache keeps serving old versions and pages after etcd was compacted; they are gone
 * once it has also been restarted.
 */
export const forgotten: Story = stage =>
  describe('forgotten versions', () => {
    test('a watch from one is told so as an event, a page of one is 410, and a new list is whole', async () => {
      const { api, far } = stage()
      const ground = await stage().ground()
      const names = []
      for (let i = 0; i < 3; i++) names.push((await stage().ingress(ground)).name)
      const first = await api.ask('GET', `${ground.ingresses}?limit=1`)
      const change = { body: { metadata: { annotations: { a: 'b' } } }, type: MERGE }
      await api.ask('PATCH', `${ground.ingresses}/${names[0]}`, change)
      await far.expire()

      const late = await api.watch(`${ground.ingresses}?watch=true&resourceVersion=${versionOf(first)}`)
      await vi.waitFor(() => expect(late.ended).toBe(true), { timeout: 10_000 })
      expect([late.status, late.events]).toMatchObject([
        200,
        [{ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } }],
      ])
      expect(late.events[0]?.object.message).toMatch(/^too old resource version: \d+ \(\d+\)$/)

      const next = await api.ask(
        'GET',
        `${ground.ingresses}?limit=1&continue=${first.body.metadata?.continue}`,
      )
      expect([next.status, next.body.reason]).toEqual([410, 'Expired'])
      expect(next.body.message).toMatch(TOO_OLD)

      const whole = await api.ask('GET', ground.ingresses)
      expect([whole.status, whole.body.items]).toMatchObject([
        200,
        names.map(name => ({ metadata: { name } })),
      ])
      const from = await api.watch(`${ground.ingresses}?watch=true&resourceVersion=${versionOf(whole)}`)
      await api.ask('PATCH', `${ground.ingresses}/${names[1]}`, change)
      await vi.waitFor(() => expect(from.events).toMatchObject([{ type: 'MODIFIED' }]), { timeout: 10_000 })
      from.stop()
    })
  })
