import { beforeAll, describe, expect, test, vi } from 'vitest'
import { fieldsOf, itemsOf } from '@/lib/domain/raw'
import { deployment, service, unserved } from './objects'
import { type Ground, reasonOf, type Story } from './stage'

const SOON = { timeout: 30_000, interval: 100 }
const OTHER_UID = '11111111-2222-3333-4444-555555555555'

/** What starting a release and taking it away again rely on, with Halftone's own rights. */
export const starts: Story = stage =>
  describe('starts', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    const ask = (method: string, path: string, body?: object) =>
      stage().api.ask(method, path, { token: stage().far.tokens.halftone, ...(body && { body }) })
    /** Pods are never wanted here: no image of these can be had. */
    const none = (name: string) => deployment(name, 'x:y', { replicas: 0 })
    const places = () =>
      [
        ['deployments', ground.deployments, none],
        ['services', ground.services, service],
        ['ingresses', ground.ingresses, unserved],
      ] as const

    test('a dry run of each of the three is answered in full with what the cluster adds, and writes nothing', async () => {
      const name = stage().fresh()
      for (const [kind, path, made] of places()) {
        const dry = await ask('POST', `${path}?fieldManager=halftone&dryRun=All`, made(name))
        expect([dry.status, dry.body.metadata?.name], kind).toEqual([201, name])
        expect(dry.body.metadata?.uid, kind).toBeDefined()
        const listed = itemsOf((await ask('GET', path)).body.items)
        expect(listed.map(each => fieldsOf(fieldsOf(each).metadata).name)).not.toContain(name)
      }
    })

    test('a name that is taken is AlreadyExists, on a dry run too, and what has it stays as it is', async () => {
      const name = stage().fresh()
      for (const [kind, path, made] of places()) {
        const first = await ask('POST', path, made(name))
        expect(first.status, kind).toBe(201)
        for (const query of ['', '?dryRun=All']) {
          const again = await ask('POST', path + query, made(name))
          expect(reasonOf(again), kind).toEqual([409, 'AlreadyExists'])
          expect(again.body.details).toMatchObject({ name, kind })
        }
        const now = await stage().api.ask('GET', `${path}/${name}`)
        expect(now.body.metadata?.uid).toBe(first.body.metadata?.uid)
      }
    })

    test('what is taken away must be what was meant: the uid of another object of that name ends nothing', async () => {
      const name = stage().fresh()
      for (const [kind, path, made] of places()) {
        const uid = (await ask('POST', path, made(name))).body.metadata?.uid
        const end = (of: unknown) => ask('DELETE', `${path}/${name}`, { preconditions: { uid: of } })
        expect(reasonOf(await end(OTHER_UID)), kind).toEqual([409, 'Conflict'])
        expect((await stage().api.ask('GET', `${path}/${name}`)).status, kind).toBe(200)
        expect((await end(uid)).status, kind).toBe(200)
      }
    })

    test('each kind that a start looks at is listed in one namespace, its objects without apiVersion and kind', async () => {
      const { deployments, services, statefulSets, budgets, autoscalers } = ground
      const wanted = {
        metadata: { name: 'x' },
        spec: { minAvailable: 1, selector: { matchLabels: { a: 'b' } } },
      }
      expect((await stage().api.ask('POST', budgets, { body: wanted })).status).toBe(201)
      for (const path of [deployments, services, statefulSets, budgets, autoscalers]) {
        const { status, body } = await ask('GET', `${path}?limit=100`)
        expect(status, path).toBe(200)
        expect(Array.isArray(body.items), path).toBe(true)
        for (const item of itemsOf(body.items)) expect(Object.keys(fieldsOf(item))).not.toContain('kind')
      }
    })

    test('with the ordinary Ingress goes the canary Ingress that names it as its owner, and nothing else', async () => {
      const main = await stage().ingress(ground)
      const owner = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: main.name }
      const ownerReferences = [{ ...owner, uid: main.object.metadata?.uid }]
      const canary = `${ground.ingresses}/${stage().fresh()}`
      const beside = await stage().ingress(ground)
      const made = await ask(
        'POST',
        ground.ingresses,
        unserved(canary.split('/').pop() ?? '', { ownerReferences }),
      )
      expect(made.status, made.text).toBe(201)
      expect((await ask('DELETE', main.path)).status).toBe(200)
      await vi.waitFor(async () => expect((await ask('GET', canary)).status).toBe(404), SOON)
      expect((await ask('GET', beside.path)).status).toBe(200)
    })
  })
