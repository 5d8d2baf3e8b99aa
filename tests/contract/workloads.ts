import { beforeAll, describe, expect, test, vi } from 'vitest'
import { parsePod } from '@/lib/domain/pod'
import { fieldsOf, itemsOf } from '@/lib/domain/raw'
import { parseDeployment, parseEndpointSlice } from '@/lib/domain/workload'
import { MERGE, STRATEGIC } from './client'
import { deployment, service } from './objects'
import type { Ground, Story } from './stage'

const SLOW = { timeout: 30_000, interval: 100 }
const PROBE = { httpGet: { port: 80 }, periodSeconds: 1 }

/** A Deployment whose pods end within a second. */
function quick(name: string, container: object = {}, spec: object = {}) {
  const wanted = deployment(name, 'nginx:user-v1', { replicas: 2, ...spec }, container)
  const pod = { ...wanted.spec.template.spec, terminationGracePeriodSeconds: 1 }
  return { ...wanted, spec: { ...wanted.spec, template: { ...wanted.spec.template, spec: pod } } }
}

/** What becomes of Deployments and Services, as Halftone reads it. */
export const workloads: Story = stage =>
  describe.concurrent('workloads', () => {
    let ground: Ground

    beforeAll(async () => {
      ground = await stage().ground()
    })

    async function begin(container: object = {}, spec: object = {}) {
      const name = stage().fresh()
      const { api } = stage()
      expect((await api.ask('POST', ground.services, { body: service(name) })).status).toBe(201)
      const body = quick(name, container, spec)
      expect((await api.ask('POST', ground.deployments, { body })).status).toBe(201)
      return { name, path: `${ground.deployments}/${name}` }
    }

    const listed = async (path: string, selector: string) =>
      itemsOf((await stage().api.ask('GET', `${path}?labelSelector=${selector}`)).body.items)
    const podsOf = async (name: string) =>
      (await listed(ground.pods, `app%3D${name}`)).map(raw => parsePod(raw))
    const workloadAt = async (path: string) => parseDeployment((await stage().api.ask('GET', path)).body)

    /** Addresses behind a Service, over all of its slices. */
    async function addressesOf(name: string) {
      const slices = await listed(ground.slices, `kubernetes.io%2Fservice-name%3D${name}`)
      const counts = slices.map(raw => parseEndpointSlice(raw))
      for (const each of counts) expect(each).toMatchObject({ service: name, addressType: 'IPv4' })
      const sum = (key: 'ready' | 'total') => counts.reduce((all, each) => all + each[key], 0)
      return { ready: sum('ready'), total: sum('total') }
    }

    test('a Deployment becomes ready pods, its Service their addresses; a new image is counted as it comes', async () => {
      const { name, path } = await begin()
      const settled = (image: string) => async () => {
        expect(await workloadAt(path)).toMatchObject({ replicas: 2, ready: 2, updated: 2 })
        const pods = await podsOf(name)
        expect(pods.map(each => each.image)).toEqual([image, image])
        return pods
      }
      for (const pod of await vi.waitFor(settled('nginx:user-v1'), SLOW)) {
        expect(pod).toMatchObject({ ready: true, phase: 'Running', restarts: 0 })
        expect(pod).toMatchObject({ labels: { app: name, 'pod-template-hash': expect.any(String) } })
        expect([pod.node === '', pod.startedAt === null, pod.reason]).toEqual([false, false, undefined])
        expect(pod.name).toMatch(new RegExp(`^${name}-[a-z0-9]+-[a-z0-9]{5}$`))
      }
      await vi.waitFor(async () => expect(await addressesOf(name)).toEqual({ ready: 2, total: 2 }), SLOW)

      const container = { name: 'app', image: 'nginx:user-v2' }
      const body = { spec: { template: { spec: { containers: [container] } } } }
      const patched = await stage().api.ask('PATCH', path, { body, type: STRATEGIC })
      expect(patched.body.metadata?.generation).toBe(2)
      await vi.waitFor(settled('nginx:user-v2'), SLOW)
    })

    test('a pod that ends is told as ending first, then as gone', async () => {
      const { name, path } = await begin({}, { replicas: 1 })
      await vi.waitFor(async () => expect(await workloadAt(path)).toMatchObject({ ready: 1 }), SLOW)
      const from = (await stage().api.ask('GET', ground.pods)).body.metadata?.resourceVersion
      const watch = await stage().api.watch(
        `${ground.pods}?watch=1&resourceVersion=${from}&labelSelector=app%3D${name}`,
      )
      await stage().api.ask('PATCH', path, { body: { spec: { replicas: 0 } }, type: MERGE })
      await vi.waitFor(() => expect(watch.events.at(-1)?.type).toBe('DELETED'), SLOW)
      watch.stop()
      expect(watch.events[0]?.type).toBe('MODIFIED')
      expect(watch.events.map(each => parsePod(each.object).phase)).toEqual(
        watch.events.map(() => 'Terminating'),
      )
      await vi.waitFor(async () => expect(await addressesOf(name)).toEqual({ ready: 0, total: 0 }), SLOW)
      expect(await workloadAt(path)).toMatchObject({ replicas: 0, ready: 0, updated: 0 })
    })

    test('a pod whose probe fails runs and is not ready, and its address neither', async () => {
      const { name, path } = await begin(
        { readinessProbe: PROBE, env: [{ name: 'ERROR_RATE', value: '1' }] },
        { replicas: 1 },
      )
      const failing = async () => {
        const [pod] = await podsOf(name)
        expect(pod).toMatchObject({
          ready: false,
          phase: 'Running',
          reason: 'ContainersNotReady',
          restarts: 0,
        })
        expect(await addressesOf(name)).toEqual({ ready: 0, total: 1 })
      }
      await vi.waitFor(failing, SLOW)
      expect(await workloadAt(path)).toMatchObject({ replicas: 1, ready: 0, updated: 1 })
    })

    test('a container that ends by itself is started again; how it ended is told', async () => {
      const { name } = await begin({ env: [{ name: 'CRASH_AFTER', value: '300' }] }, { replicas: 1 })
      const crashing = async () => {
        const [pod] = await podsOf(name)
        expect(pod).toMatchObject({ ready: false, lastExit: { reason: 'Error', code: 1 } })
        expect(pod?.reason).toMatch(/^(Error|CrashLoopBackOff)$/)
        expect(pod?.restarts).toBeGreaterThan(0)
      }
      await vi.waitFor(crashing, SLOW)
    })

    test.each([
      ['nginx:no-such-tag', /^(ErrImagePull|ImagePullBackOff)$/],
      ['nginx:user v2', /^InvalidImageName$/],
    ])('an image that cannot be had (%s) keeps its pod pending, with the reason', async (image, reason) => {
      const { name, path } = await begin({ image }, { replicas: 1 })
      const pending = async () => {
        const [pod] = await podsOf(name)
        expect(pod).toMatchObject({ ready: false, phase: 'Pending', restarts: 0, image })
        expect(pod?.reason).toMatch(reason)
        const { body } = await stage().api.ask('GET', `${ground.pods}/${pod?.name}`)
        const [container] = itemsOf(fieldsOf(body.status).containerStatuses)
        expect(fieldsOf(fieldsOf(fieldsOf(container).state).waiting).message).toContain(image)
      }
      await vi.waitFor(pending, SLOW)
      expect(await workloadAt(path)).toMatchObject({ replicas: 1, ready: 0, updated: 1 })
    })

    test('what a Deployment says of itself', async () => {
      const { path } = await begin({}, { replicas: 1 })
      const status = async () => {
        const { body } = await stage().api.ask('GET', path)
        const status = fieldsOf(body.status)
        const conditions = itemsOf(status.conditions).map(fieldsOf)
        expect(
          Object.fromEntries(conditions.map(each => [each.type, `${each.status} ${each.reason}`])),
        ).toEqual({
          Available: 'True MinimumReplicasAvailable',
          Progressing: 'True NewReplicaSetAvailable',
        })
        const { conditions: _told, ...counts } = status
        expect(counts).toEqual({
          observedGeneration: body.metadata?.generation,
          replicas: 1,
          updatedReplicas: 1,
          readyReplicas: 1,
          availableReplicas: 1,
        })
      }
      await vi.waitFor(status, SLOW)
    })
  })
