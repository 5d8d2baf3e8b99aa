import { beforeAll, describe, expect, test } from 'vitest'
import { deployment, unserved } from './objects'
import { type Ground, type Story, saidBy, versionOf } from './stage'

/** What a new object is given. */
export const creations: Story = stage =>
  describe('creations', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    test('a new object gets uid, generation, a whole-second time and a version', async () => {
      const { object } = await stage().ingress(ground)
      expect(object).toMatchObject({
        metadata: { generation: 1, namespace: ground.namespace },
        status: { loadBalancer: {} },
      })
      expect(object.metadata?.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
      expect(object.metadata?.uid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      expect(Number(object.metadata?.resourceVersion)).toBeGreaterThan(0)
    })

    test('what comes with status or a uid of its own is given new ones', async () => {
      const body = {
        ...unserved(stage().fresh(), { uid: 'mine', generation: 7 }),
        status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
      }
      const object = (await stage().api.ask('POST', ground.ingresses, { body })).body
      expect(object).toMatchObject({ metadata: { generation: 1 }, status: { loadBalancer: {} } })
      expect(object.metadata?.uid).not.toBe('mine')
      expect(object.status?.loadBalancer).toEqual({})
    })

    test('a name is made from generateName', async () => {
      const { name: _none, ...metadata } = { ...unserved('x').metadata, generateName: 'made-' }
      const body = { ...unserved('x'), metadata }
      const answers = [
        await stage().api.ask('POST', ground.ingresses, { body }),
        await stage().api.ask('POST', ground.ingresses, { body }),
      ]
      const names = answers.map(each => String(each.body.metadata?.name))
      expect(names[0]).toMatch(/^made-[a-z0-9]{5}$/)
      expect(names[0]).not.toBe(names[1])
    })

    test('what is written is read back letter by letter', async () => {
      const odd = 'ä "quoted" \\ \n\t<&> 𝕏 \u2028 \u0001 {"a": [1]}'
      const { path } = await stage().ingress(ground, { annotations: { odd } })
      expect((await stage().api.ask('GET', path)).body.metadata?.annotations).toEqual({ odd })
      const { body } = await stage().api.ask('GET', `${ground.ingresses}?limit=500`)
      expect(JSON.stringify(body.items)).toContain(JSON.stringify(odd).slice(1, -1))
    })

    test('versions rise with every write of any kind', async () => {
      const { object } = await stage().ingress(ground)
      const body = deployment(stage().fresh(), 'x:y', { replicas: 0 })
      const other = await stage().api.ask('POST', ground.deployments, { body })
      expect(Number(versionOf(other))).toBeGreaterThan(Number(object.metadata?.resourceVersion))
    })

    test('the name of another object is 409 AlreadyExists', async () => {
      const { name } = await stage().ingress(ground)
      const again = await stage().api.ask('POST', ground.ingresses, { body: unserved(name) })
      expect(again.body).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: `ingresses.networking.k8s.io "${name}" already exists`,
        reason: 'AlreadyExists',
        details: { name, group: 'networking.k8s.io', kind: 'ingresses' },
        code: 409,
      })
    })

    test('a version has no place on a new object', async () => {
      const body = unserved('x', { resourceVersion: '12' })
      const answer = await stage().api.ask('POST', ground.ingresses, { body })
      expect(saidBy(answer)).toEqual([
        500,
        undefined,
        'resourceVersion should not be set on objects to be created',
      ])
    })
  })
