import { beforeAll, describe, expect, test, vi } from 'vitest'
import { type Json, MERGE } from './client'
import { deployment, service } from './objects'
import { type Ground, type Story, saidBy } from './stage'

const SOON = { timeout: 30_000, interval: 100 }

/** How objects end: what must still be true of them, and what becomes of what they own. */
export const deletions: Story = stage =>
  describe.concurrent('deletions', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    const end = (path: string, body?: object) =>
      stage().api.ask('DELETE', path, body === undefined ? {} : { body })
    const statusOf = async (path: string) => (await stage().api.ask('GET', path)).status

    test('what is gone is told by a Status that names it, a Service by itself', async () => {
      const { path, name, object } = await stage().ingress(ground)
      const answer = await end(path)
      expect(answer.body).toEqual({
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Success',
        details: { name, group: 'networking.k8s.io', kind: 'ingresses', uid: object.metadata?.uid },
      })
      expect(await statusOf(path)).toBe(404)
      const other = stage().fresh()
      await stage().api.ask('POST', ground.services, { body: service(other) })
      const shown = await end(`${ground.services}/${other}`)
      expect([shown.status, shown.body.kind, shown.body.metadata?.name]).toEqual([200, 'Service', other])
    })

    test('a precondition that does not hold is 409 and ends nothing', async () => {
      const { path, name, object } = await stage().ingress(ground)
      const uid = '11111111-2222-3333-4444-555555555555'
      const of = `Operation cannot be fulfilled on Ingress.networking.k8s.io "${name}":`
      expect(saidBy(await end(path, { preconditions: { uid } }))).toEqual([
        409,
        'Conflict',
        `${of} the UID in the precondition (${uid}) does not match the UID in record (${object.metadata?.uid}). The object might have been deleted and then recreated`,
      ])
      expect(saidBy(await end(path, { preconditions: { resourceVersion: '1' } }))).toEqual([
        409,
        'Conflict',
        `${of} the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (${object.metadata?.resourceVersion}). The object might have been modified`,
      ])
      const { uid: own, resourceVersion } = object.metadata as unknown as Record<string, string>
      expect((await end(path, { preconditions: { uid: own, resourceVersion } })).status).toBe(200)
    })

    test('there are three policies', async () => {
      const { path } = await stage().ingress(ground)
      const why = 'Unsupported value: "Odd": supported values: "Foreground", "Background", "Orphan", "nil"'
      const refusal = [422, 'Invalid', `DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: ${why}`]
      expect(saidBy(await end(path, { propagationPolicy: 'Odd' }))).toEqual(refusal)
      expect(saidBy(await end(`${path}?propagationPolicy=Odd`))).toEqual(refusal)
    })

    test('an object with a finalizer waits, marked, until the finalizer is taken away', async () => {
      const { path, object } = await stage().ingress(ground, { finalizers: ['halftone.test/hold'] })
      const answer = await end(path)
      expect(answer.body.kind).toBe('Ingress')
      expect(answer.body.metadata).toMatchObject({ deletionGracePeriodSeconds: 0, uid: object.metadata?.uid })
      expect(answer.body.metadata?.deletionTimestamp).toMatch(/Z$/)
      expect((await stage().api.ask('GET', path)).body.metadata?.deletionTimestamp).toBeDefined()
      const release = { body: { metadata: { finalizers: null } }, type: MERGE }
      expect((await stage().api.ask('PATCH', path, release)).status).toBe(200)
      expect(await statusOf(path)).toBe(404)
    })

    const owned = (owner: Json, more: object = {}) => ({
      ownerReferences: [
        {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'Ingress',
          name: owner.metadata?.name,
          uid: owner.metadata?.uid,
          ...more,
        },
      ],
    })

    test('in the background the owner goes first, then what it owns', async () => {
      const owner = await stage().ingress(ground)
      const child = await stage().ingress(ground, owned(owner.object))
      await end(owner.path, { propagationPolicy: 'Background' })
      expect(await statusOf(owner.path)).toBe(404)
      await vi.waitFor(async () => expect(await statusOf(child.path)).toBe(404), SOON)
    })

    test('in the foreground the owner stays until what blocks it has gone', async () => {
      const owner = await stage().ingress(ground)
      const holding = {
        ...owned(owner.object, { blockOwnerDeletion: true }),
        finalizers: ['halftone.test/hold'],
      }
      const child = await stage().ingress(ground, holding)
      const answer = await end(owner.path, { propagationPolicy: 'Foreground' })
      expect(answer.body.metadata?.finalizers).toEqual(['foregroundDeletion'])
      const marked = async (path: string) =>
        (await stage().api.ask('GET', path)).body.metadata?.deletionTimestamp !== undefined
      await vi.waitFor(async () => expect(await marked(child.path)).toBe(true), SOON)
      expect(await statusOf(owner.path)).toBe(200)
      await stage().api.ask('PATCH', child.path, { body: { metadata: { finalizers: null } }, type: MERGE })
      await vi.waitFor(async () => expect(await statusOf(owner.path)).toBe(404), SOON)
    })

    test('an orphan outlives its owner and forgets it', async () => {
      const owner = await stage().ingress(ground)
      const child = await stage().ingress(ground, owned(owner.object))
      await end(owner.path, { propagationPolicy: 'Orphan' })
      await vi.waitFor(async () => expect(await statusOf(owner.path)).toBe(404), SOON)
      const left = await stage().api.ask('GET', child.path)
      expect([left.status, left.body.metadata?.ownerReferences]).toEqual([200, undefined])
    })

    test('with a Deployment go its ReplicaSets', async () => {
      const name = stage().fresh()
      const path = `${ground.deployments}/${name}`
      await stage().api.ask('POST', ground.deployments, { body: deployment(name, 'x:y', { replicas: 0 }) })
      const sets = async () =>
        (await stage().api.ask('GET', `${ground.replicaSets}?labelSelector=app%3D${name}`)).body.items
      await vi.waitFor(async () => expect(await sets()).toHaveLength(1), SOON)
      await end(path)
      await vi.waitFor(async () => expect(await sets()).toHaveLength(0), SOON)
    })

    test('all that a selector finds end at once', async () => {
      const other = await stage().ground()
      const labels = { ends: 'yes' }
      await stage().ingress(other, { labels })
      await stage().ingress(other, { labels })
      const { name } = await stage().ingress(other)
      const answer = await end(`${other.ingresses}?labelSelector=ends`)
      expect([answer.status, answer.body.kind]).toEqual([200, 'IngressList'])
      const { body } = await stage().api.ask('GET', other.ingresses)
      expect(body.items).toMatchObject([{ metadata: { name } }])
    })
  })
