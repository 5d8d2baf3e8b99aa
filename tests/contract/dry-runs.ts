import { beforeAll, describe, expect, test } from 'vitest'
import { MERGE } from './client'
import { service, unserved } from './objects'
import { type Ground, reasonOf, type Story, saidBy, versionOf } from './stage'

/** Dry runs: the whole answer of a write, and nothing of it kept. */
export const dryRuns: Story = stage =>
  describe('dry runs', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    test('a creation answers with the object as it would be, and keeps nothing', async () => {
      const { api } = stage()
      const name = stage().fresh()
      const dry = await api.ask('POST', `${ground.ingresses}?dryRun=All`, { body: unserved(name) })
      expect([dry.status, dry.body.metadata?.name, dry.body.metadata?.generation]).toEqual([201, name, 1])
      expect(dry.body.metadata?.uid).toBeDefined()
      expect(dry.body.metadata?.resourceVersion).toBeUndefined()
      expect((await api.ask('GET', `${ground.ingresses}/${name}`)).status).toBe(404)
    })

    test('a patch answers with the object as it would be, at its present version', async () => {
      const { api } = stage()
      const { path, object } = await stage().ingress(ground)
      const body = { metadata: { annotations: { a: '1' } } }
      const dry = await api.ask('PATCH', `${path}?dryRun=All`, { body, type: MERGE })
      expect([dry.status, dry.body.metadata?.annotations]).toEqual([200, { a: '1' }])
      expect(versionOf(dry)).toBe(object.metadata?.resourceVersion)
      const now = await api.ask('GET', path)
      expect([versionOf(now), now.body.metadata?.annotations]).toEqual([versionOf(dry), undefined])
    })

    test('a deletion answers as the real one would', async () => {
      const { api } = stage()
      const { path, name, object } = await stage().ingress(ground)
      const answers = [
        await api.ask('DELETE', `${path}?dryRun=All`),
        await api.ask('DELETE', path, { body: { dryRun: ['All'] } }),
      ]
      const details = { name, group: 'networking.k8s.io', kind: 'ingresses', uid: object.metadata?.uid }
      for (const { body } of answers) expect(body).toMatchObject({ status: 'Success', details })
      expect((await api.ask('GET', path)).status).toBe(200)
    })

    test('what would be refused is refused', async () => {
      const { api } = stage()
      const { path, name } = await stage().ingress(ground)
      const again = await api.ask('POST', `${ground.ingresses}?dryRun=All`, { body: unserved(name) })
      expect(reasonOf(again)).toEqual([409, 'AlreadyExists'])
      const old = { metadata: { resourceVersion: '1', annotations: { a: '1' } } }
      const late = await api.ask('PATCH', `${path}?dryRun=All`, { body: old, type: MERGE })
      expect(reasonOf(late)).toEqual([409, 'Conflict'])
    })

    test('a Service that is tried out takes no address', async () => {
      const { api } = stage()
      const name = stage().fresh()
      const dry = await api.ask('POST', `${ground.services}?dryRun=All`, { body: service(name) })
      expect([dry.status, dry.body.spec?.type]).toEqual([201, 'ClusterIP'])
      const real = await api.ask('POST', ground.services, { body: service(name) })
      expect(real.body.spec?.clusterIP).toMatch(/^10\.96\.\d+\.\d+$/)
    })

    test('there is no other dry run than All', async () => {
      const answer = await stage().api.ask('POST', `${ground.ingresses}?dryRun=Some`, { body: unserved('x') })
      expect(saidBy(answer)).toEqual([
        422,
        'Invalid',
        'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
      ])
    })
  })
