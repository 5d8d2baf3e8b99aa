import { beforeAll, describe, expect, test } from 'vitest'
import { JSON_PATCH, MERGE, STRATEGIC } from './client'
import { deployment } from './objects'
import { type Ground, type Story, saidBy, versionOf } from './stage'

const REJECTED = [422, 'Invalid', 'the server rejected our request due to an error in our request']

/** The three forms of patches, and what happens to one that cannot be done. */
export const patches: Story = stage =>
  describe('patches', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    const patch = (path: string, type: string, body: unknown) =>
      stage().api.ask('PATCH', path, { body, type })
    const annotated = (annotations: object | null) => ({ metadata: { annotations } })

    describe('merge', () => {
      test('changes what it names and takes away what is null', async () => {
        const { path } = await stage().ingress(ground, { annotations: { a: '1', b: '2' } })
        const after = await patch(path, MERGE, annotated({ a: null, c: '3' }))
        expect(after.body.metadata?.annotations).toEqual({ b: '2', c: '3' })
        const none = await patch(path, MERGE, annotated(null))
        expect(none.body.metadata?.annotations).toBeUndefined()
      })

      test('takes away what is not there without complaint, and leaves the version', async () => {
        const { path, object } = await stage().ingress(ground, { annotations: { a: '1' } })
        const after = await patch(path, MERGE, annotated({ z: null }))
        expect([after.status, versionOf(after)]).toEqual([200, object.metadata?.resourceVersion])
      })

      test('replaces a list as a whole', async () => {
        const { path } = await stage().ingress(ground)
        const rules = [{ host: 'a.test' }]
        expect((await patch(path, MERGE, { spec: { rules } })).body.spec?.rules).toEqual(rules)
      })

      test('with the present version inside is written, with any other it is not', async () => {
        const { path, object } = await stage().ingress(ground)
        const guarded = (resourceVersion: unknown) => ({
          metadata: { annotations: { a: String(resourceVersion) }, resourceVersion },
        })
        const version = object.metadata?.resourceVersion
        expect((await patch(path, MERGE, guarded(version))).status).toBe(200)
        expect((await patch(path, MERGE, guarded(version))).status).toBe(409)
        expect((await patch(path, MERGE, guarded('1'))).status).toBe(409)
        expect((await patch(path, MERGE, guarded(null))).status).toBe(200)
      })
    })

    describe('JSON', () => {
      test('whose test holds is done, keys with a slash are escaped', async () => {
        const { path, object } = await stage().ingress(ground, { annotations: { 'x.y/a': '1' } })
        const after = await patch(path, JSON_PATCH, [
          { op: 'test', path: '/metadata/uid', value: object.metadata?.uid },
          { op: 'test', path: '/metadata/annotations/x.y~1a', value: '1' },
          { op: 'add', path: '/metadata/annotations/x.y~1b', value: '2' },
          { op: 'remove', path: '/metadata/annotations/x.y~1a' },
        ])
        expect(after.body.metadata?.annotations).toEqual({ 'x.y/b': '2' })
      })

      test.each([
        ['a test that fails', [{ op: 'test', path: '/metadata/uid', value: 'other' }]],
        ['a path that is not there', [{ op: 'remove', path: '/metadata/annotations/none' }]],
        ['a verb that is none', [{ op: 'zap', path: '/metadata/annotations/none' }]],
      ])('%s changes nothing', async (_what, wrong) => {
        const { path, object } = await stage().ingress(ground)
        const add = { op: 'add', path: '/metadata/annotations', value: { a: '1' } }
        expect(saidBy(await patch(path, JSON_PATCH, [add, ...wrong]))).toEqual(REJECTED)
        expect(versionOf(await stage().api.ask('GET', path))).toBe(object.metadata?.resourceVersion)
      })
    })

    test.each([
      ['an older version is a conflict', 'resourceVersion', '1', 409],
      ['another uid is invalid', 'uid', '00000000-0000-0000-0000-000000000000', 422],
    ])('a JSON patch that puts in %s', async (_what, field, value, status) => {
      const { path, object } = await stage().ingress(ground)
      const answer = await patch(path, JSON_PATCH, [
        { op: 'replace', path: `/metadata/${field}`, value },
        { op: 'add', path: '/metadata/annotations', value: { a: '1' } },
      ])
      expect(answer.status).toBe(status)
      expect(versionOf(await stage().api.ask('GET', path))).toBe(object.metadata?.resourceVersion)
    })

    describe('strategic', () => {
      const container = (change: object) => ({
        spec: { template: { spec: { containers: [{ name: 'app', ...change }] } } },
      })

      test('merges containers and their variables by name', async () => {
        const name = stage().fresh()
        const body = deployment(name, 'x:1', { replicas: 0 })
        await stage().api.ask('POST', ground.deployments, { body })
        const path = `${ground.deployments}/${name}`
        await patch(path, STRATEGIC, container({ env: [{ name: 'A', value: '1' }] }))
        await patch(path, STRATEGIC, container({ env: [{ name: 'B', value: '2' }] }))
        const after = await patch(path, STRATEGIC, container({ image: 'x:2' }))
        const containers = after.body.spec?.template?.spec?.containers as unknown as object[]
        expect(containers).toHaveLength(1)
        expect(containers[0]).toMatchObject({ name: 'app', image: 'x:2', ports: [{ containerPort: 80 }] })
        expect(JSON.stringify(containers)).toContain('"A"')
        expect(JSON.stringify(containers)).toContain('"B"')
        const gone = await patch(path, STRATEGIC, container({ env: [{ name: 'A', $patch: 'delete' }] }))
        expect(JSON.stringify(gone.body.spec)).not.toContain('"A"')
      })

      test('leaves a list as it is when it brings nothing for it', async () => {
        const name = stage().fresh()
        const body = deployment(name, 'x:1', { replicas: 0 })
        await stage().api.ask('POST', ground.deployments, { body })
        const none = { spec: { template: { spec: { containers: [] } } } }
        const after = await patch(`${ground.deployments}/${name}`, STRATEGIC, none)
        expect(after.body.metadata?.generation).toBe(1)
      })

      test('takes away annotations that are null, as a merge patch does', async () => {
        const { path } = await stage().ingress(ground, { annotations: { a: '1', b: '2' } })
        const after = await patch(path, STRATEGIC, annotated({ a: null }))
        expect(after.body.metadata?.annotations).toEqual({ b: '2' })
      })
    })

    test('a Deployment is scaled through its scale, and read through it', async () => {
      const name = stage().fresh()
      await stage().api.ask('POST', ground.deployments, { body: deployment(name, 'x:1', { replicas: 0 }) })
      const path = `${ground.deployments}/${name}`
      const paused = { spec: { paused: true } }
      await patch(path, MERGE, paused)
      const scaled = await patch(`${path}/scale`, MERGE, { spec: { replicas: 2 } })
      expect(scaled.body).toMatchObject({
        kind: 'Scale',
        apiVersion: 'autoscaling/v1',
        spec: { replicas: 2 },
      })
      expect((await stage().api.ask('GET', path)).body.spec?.replicas).toBe(2)
      const read = await stage().api.ask('GET', `${path}/scale`)
      expect(read.body).toMatchObject({ spec: { replicas: 2 }, status: { selector: `app=${name}` } })
      expect(saidBy(await patch(`${path}/scale`, MERGE, { spec: { replicas: -1 } }))).toEqual([
        422,
        'Invalid',
        `Scale.autoscaling "${name}" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0`,
      ])
      await stage().api.ask('DELETE', path)
    })
  })
