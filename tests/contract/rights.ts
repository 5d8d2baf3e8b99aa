import { beforeAll, describe, expect, test } from 'vitest'
import { fieldsOf, itemsOf } from '@/lib/domain/raw'
import { MERGE } from './client'
import { deployment, service, unserved } from './objects'
import { type Ground, reasonOf, type Story, saidBy, versionOf } from './stage'

const HALFTONE = 'system:serviceaccount:halftone:halftone'
const REVIEWS = '/apis/authorization.k8s.io/v1'

const isAllowed = [
  ['list', 'pods', ''],
  ['watch', 'services', ''],
  ['list', 'deployments', 'apps'],
  ['watch', 'endpointslices', 'discovery.k8s.io'],
  ['list', 'ingressclasses', 'networking.k8s.io'],
  ['get', 'ingresses', 'networking.k8s.io'],
  ['patch', 'ingresses', 'networking.k8s.io'],
  ['list', 'statefulsets', 'apps'],
  ['list', 'poddisruptionbudgets', 'policy'],
  ['list', 'horizontalpodautoscalers', 'autoscaling'],
  ['create', 'deployments', 'apps'],
  ['patch', 'deployments', 'apps'],
  ['delete', 'deployments', 'apps'],
  ['create', 'services', ''],
  ['delete', 'services', ''],
  ['create', 'ingresses', 'networking.k8s.io'],
  ['delete', 'ingresses', 'networking.k8s.io'],
] as const

const isRefused = [
  ['get', 'pods', ''],
  ['get', 'pods/log', ''],
  ['delete', 'pods', ''],
  ['update', 'ingresses', 'networking.k8s.io'],
  ['get', 'deployments', 'apps'],
  ['update', 'deployments', 'apps'],
  ['patch', 'services', ''],
  ['watch', 'statefulsets', 'apps'],
  ['create', 'statefulsets', 'apps'],
  ['patch', 'horizontalpodautoscalers', 'autoscaling'],
  ['delete', 'poddisruptionbudgets', 'policy'],
  ['list', 'secrets', ''],
  ['get', 'configmaps', ''],
  ['list', 'namespaces', ''],
  ['create', 'subjectaccessreviews', 'authorization.k8s.io'],
] as const

/** What Halftone's own identity may do, by deploy/rbac.yaml and no more; how refusals read; who may ask about it. */
export const rights: Story = stage =>
  describe('rights', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    const asHalftone = (method: string, path: string, body?: object, type?: string) =>
      stage().api.ask(method, path, {
        token: stage().far.tokens.halftone,
        ...(body && { body }),
        ...(type && { type }),
      })

    test('it reads every kind it needs, everywhere', async () => {
      const paths = [
        '/api/v1/pods',
        '/api/v1/services',
        '/apis/apps/v1/deployments',
        '/apis/discovery.k8s.io/v1/endpointslices',
        '/apis/networking.k8s.io/v1/ingresses',
        '/apis/networking.k8s.io/v1/ingressclasses',
      ]
      const token = stage().far.tokens.halftone
      for (const path of paths) {
        const list = await asHalftone('GET', `${path}?limit=1`)
        expect(list.status, path).toBe(200)
        const watch = await stage().api.watch(`${path}?watch=1&resourceVersion=${versionOf(list)}`, { token })
        expect(watch.status, path).toBe(200)
        watch.stop()
      }
    })

    test('it lists what could select the pods of a new version, and does not watch it', async () => {
      for (const path of [ground.statefulSets, ground.budgets, ground.autoscalers]) {
        expect((await asHalftone('GET', path)).status, path).toBe(200)
        expect((await asHalftone('GET', `${path}?watch=1`)).status, path).toBe(403)
      }
    })

    test('it creates, patches and deletes Ingresses, and does not replace them or touch their status', async () => {
      const { path, name, object } = await stage().ingress(ground)
      const note = { metadata: { annotations: { a: '1' } } }
      expect((await asHalftone('PATCH', path, note, MERGE)).status).toBe(200)
      const of = `ingresses.networking.k8s.io "${name}" is forbidden: User "${HALFTONE}" cannot`
      const where = `in API group "networking.k8s.io" in the namespace "${ground.namespace}"`
      const refused = [
        [await asHalftone('PUT', path, object), 'update resource "ingresses"'],
        [await asHalftone('PATCH', `${path}/status`, {}, MERGE), 'patch resource "ingresses/status"'],
      ] as const
      for (const [answer, what] of refused) {
        expect(saidBy(answer)).toEqual([403, 'Forbidden', `${of} ${what} ${where}`])
        expect(answer.body.details).toEqual({ name, group: 'networking.k8s.io', kind: 'ingresses' })
      }
      expect((await asHalftone('DELETE', path)).status).toBe(200)
      expect((await asHalftone('POST', ground.ingresses, unserved(name))).status).toBe(201)
    })

    test('it makes and ends Deployments and Services, and nothing else that runs pods', async () => {
      const name = stage().fresh()
      const none = deployment(name, 'x:y', { replicas: 0 })
      for (const [path, body] of [
        [ground.deployments, none],
        [ground.services, service(name)],
      ] as const) {
        expect((await asHalftone('POST', path, body)).status, path).toBe(201)
        expect((await asHalftone('PUT', `${path}/${name}`, body)).status, path).toBe(403)
        expect((await asHalftone('DELETE', `${path}/${name}`)).status, path).toBe(200)
      }
      const other = await asHalftone('POST', ground.statefulSets, { ...none, kind: 'StatefulSet' })
      const where = `in API group "apps" in the namespace "${ground.namespace}"`
      expect(other.body.message).toBe(
        `statefulsets.apps is forbidden: User "${HALFTONE}" cannot create resource "statefulsets" ${where}`,
      )
    })

    test('a right is asked for before the object is looked for, and before the kind is', async () => {
      expect((await asHalftone('PATCH', `${ground.ingresses}/none`, {}, MERGE)).status).toBe(404)
      const scale = `${ground.deployments}/none/scale`
      expect(reasonOf(await asHalftone('PATCH', scale, {}, MERGE))).toEqual([403, 'Forbidden'])
      const secrets = await asHalftone('GET', '/api/v1/secrets')
      const why = `User "${HALFTONE}" cannot list resource "secrets" in API group "" at the cluster scope`
      expect(saidBy(secrets)).toEqual([403, 'Forbidden', `secrets is forbidden: ${why}`])
      expect(secrets.body.details).toEqual({ kind: 'secrets' })
      const things = await asHalftone('GET', `/apis/nothing.io/v1/namespaces/${ground.namespace}/things/a`)
      expect(saidBy(things)).toEqual([
        403,
        'Forbidden',
        expect.stringContaining('things.nothing.io "a" is forbidden'),
      ])
    })

    test('a watch that is not allowed is 403, not an event', async () => {
      const answer = await asHalftone('GET', '/api/v1/events?watch=true')
      const why = `User "${HALFTONE}" cannot watch resource "events" in API group "" at the cluster scope`
      expect(saidBy(answer)).toEqual([403, 'Forbidden', `events is forbidden: ${why}`])
    })

    const resource = ([verb, name, group]: readonly [string, string, string]) => ({
      resourceAttributes: { verb, resource: name, group, namespace: ground.namespace },
    })

    test('it can ask what it may itself', async () => {
      const ask = async (wish: (typeof isAllowed | typeof isRefused)[number]) => {
        const path = `${REVIEWS}/selfsubjectaccessreviews`
        const answer = await asHalftone('POST', path, { spec: resource(wish) })
        expect([answer.status, answer.body.kind]).toEqual([201, 'SelfSubjectAccessReview'])
        return answer.body.status?.allowed
      }
      for (const wish of isAllowed) expect(await ask(wish), wish.join(' ')).toBe(true)
      for (const wish of isRefused) expect(await ask(wish), wish.join(' ')).toBe(false)
    })

    test('an admin can ask it about anybody', async () => {
      const ask = async (user: string, wish: readonly [string, string, string]) => {
        const spec = { user, groups: ['system:authenticated'], ...resource(wish) }
        const answer = await stage().api.ask('POST', `${REVIEWS}/subjectaccessreviews`, { body: { spec } })
        return answer.body.status?.allowed
      }
      for (const wish of isAllowed) expect(await ask(HALFTONE, wish), wish.join(' ')).toBe(true)
      for (const wish of isRefused) expect(await ask(HALFTONE, wish), wish.join(' ')).toBe(false)
      expect(await ask('stranger', isAllowed[0])).toBe(false)
    })

    test('the rules it has can be read, and say the same', async () => {
      const path = `${REVIEWS}/selfsubjectrulesreviews`
      const { body } = await asHalftone('POST', path, { spec: { namespace: ground.namespace } })
      const rules = itemsOf(body.status?.resourceRules).map(fieldsOf)
      const allows = ([verb, name, group]: readonly [string, string, string]) =>
        rules.some(
          rule =>
            itemsOf(rule.verbs).includes(verb) &&
            itemsOf(rule.resources).includes(name) &&
            itemsOf(rule.apiGroups).includes(group),
        )
      for (const wish of isAllowed) expect(allows(wish), wish.join(' ')).toBe(true)
      for (const wish of isRefused) expect(allows(wish), wish.join(' ')).toBe(false)
    })
  })
