import { beforeAll, describe, expect, test } from 'vitest'
import { fieldsOf, itemsOf } from '@/lib/domain/raw'
import { MERGE } from './client'
import { deployment, unserved } from './objects'
import { type Ground, type Story, saidBy, versionOf } from './stage'

const TAKEN = 'the object has been modified; please apply your changes to the latest version and try again'

/** Changing objects, and what keeps two writers apart. */
export const writes: Story = stage =>
  describe('writes', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    const patch = (path: string, body: object, more: object = {}) =>
      stage().api.ask('PATCH', path, { body, type: MERGE, ...more })
    const note = (text: string | null) => ({ metadata: { annotations: { note: text } } })

    test('what is not there is 404, whatever is asked of it', async () => {
      const path = `${ground.ingresses}/none`
      const missing = [404, 'NotFound', 'ingresses.networking.k8s.io "none" not found']
      expect(saidBy(await stage().api.ask('GET', path))).toEqual(missing)
      expect(saidBy(await patch(path, note('a')))).toEqual(missing)
      expect(saidBy(await stage().api.ask('PUT', path, { body: unserved('none') }))).toEqual(missing)
      const answer = await stage().api.ask('DELETE', path)
      expect(saidBy(answer)).toEqual(missing)
      expect(answer.body.details).toEqual({ name: 'none', group: 'networking.k8s.io', kind: 'ingresses' })
    })

    test('a write with an old version is 409 Conflict and changes nothing', async () => {
      const { name, path, object } = await stage().ingress(ground)
      const { resourceVersion, uid } = fieldsOf(object.metadata)
      const guarded = (text: string) => ({
        metadata: { ...note(text).metadata, resourceVersion, uid },
      })
      expect((await patch(path, guarded('one'))).status).toBe(200)
      const conflict = [
        409,
        'Conflict',
        `Operation cannot be fulfilled on ingresses.networking.k8s.io "${name}": ${TAKEN}`,
      ]
      const late = await patch(path, guarded('two'))
      expect(saidBy(late)).toEqual(conflict)
      expect(late.body.details).toEqual({ name, group: 'networking.k8s.io', kind: 'ingresses' })
      expect(saidBy(await stage().api.ask('PUT', path, { body: object }))).toEqual(conflict)
      const now = await stage().api.ask('GET', path)
      expect(now.body.metadata?.annotations).toEqual({ note: 'one' })
    })

    test('a replacement without a version is unconditional', async () => {
      const { name, path } = await stage().ingress(ground)
      await patch(path, note('one'))
      const answer = await stage().api.ask('PUT', path, { body: unserved(name, note('two').metadata) })
      expect([answer.status, answer.body.metadata?.annotations]).toEqual([200, { note: 'two' }])
    })

    test('an old version beside the uid of an earlier object of this name is a conflict', async () => {
      const { name, path, object } = await stage().ingress(ground)
      await stage().api.ask('DELETE', path)
      await stage().api.ask('POST', ground.ingresses, { body: unserved(name) })
      const { resourceVersion, uid } = fieldsOf(object.metadata)
      const answer = await patch(path, { metadata: { ...note('x').metadata, uid, resourceVersion } })
      expect([answer.status, answer.body.reason]).toEqual([409, 'Conflict'])
    })

    test('the uid of an earlier object alone is 422: a uid cannot be changed', async () => {
      const { name, path } = await stage().ingress(ground)
      const uid = '11111111-2222-3333-4444-555555555555'
      const answer = await patch(path, { metadata: { ...note('x').metadata, uid } })
      const why = `Invalid value: "${uid}": field is immutable`
      expect(saidBy(answer)).toEqual([
        422,
        'Invalid',
        `Ingress.networking.k8s.io "${name}" is invalid: metadata.uid: ${why}`,
      ])
      const causes = itemsOf(fieldsOf(answer.body.details).causes)
      expect(causes[0]).toEqual({ reason: 'FieldValueInvalid', message: why, field: 'metadata.uid' })
    })

    test('annotations leave the generation, a new spec raises it, a write without change leaves the version', async () => {
      const { path, name } = await stage().ingress(ground)
      const noted = await patch(path, note('a'))
      expect(noted.body.metadata?.generation).toBe(1)
      expect(versionOf(await patch(path, note('a')))).toBe(versionOf(noted))
      const defaultBackend = { service: { name: 'x', port: { number: 1 } } }
      const body = unserved(name, note('a').metadata, { defaultBackend })
      const changed = await stage().api.ask('PUT', path, { body })
      expect(changed.body.metadata?.generation).toBe(2)
    })

    test('of a Deployment the annotations raise the generation too', async () => {
      const name = stage().fresh()
      await stage().api.ask('POST', ground.deployments, { body: deployment(name, 'x:y', { replicas: 0 }) })
      const path = `${ground.deployments}/${name}`
      expect((await patch(path, note('a'))).body.metadata?.generation).toBe(2)
      const labels = { metadata: { labels: { a: 'b' } } }
      expect((await patch(path, labels)).body.metadata?.generation).toBe(2)
    })

    test('status and spec are written apart', async () => {
      const { path, object } = await stage().ingress(ground)
      const status = { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } }
      const written = await patch(`${path}/status`, { spec: {}, status })
      expect(written.body).toMatchObject({ status, spec: fieldsOf(object.spec) })
      expect(written.body.metadata?.generation).toBe(1)
      const plain = await patch(path, { status: { loadBalancer: null } })
      expect(plain.body.status).toEqual(status)
      expect(versionOf(plain)).toBe(versionOf(written))
    })

    test('an object that names another place than its address is refused', async () => {
      const { path, name } = await stage().ingress(ground)
      const elsewhere = { body: unserved('x', { namespace: 'kube-system' }) }
      const why = 'the namespace of the provided object does not match the namespace sent on the request'
      expect(saidBy(await stage().api.ask('POST', ground.ingresses, elsewhere))).toEqual([
        400,
        'BadRequest',
        why,
      ])
      expect(saidBy(await patch(path, { metadata: { namespace: 'x' } }))).toEqual([400, 'BadRequest', why])
      const renamed = `the name of the object (b) does not match the name on the URL (${name})`
      expect(saidBy(await patch(path, { metadata: { name: 'b' } }))).toEqual([400, 'BadRequest', renamed])
      const put = await stage().api.ask('PUT', path, { body: unserved('b') })
      expect(saidBy(put)).toEqual([400, 'BadRequest', renamed])
    })
  })
