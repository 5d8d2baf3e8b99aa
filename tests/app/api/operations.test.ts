import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { GET as operation } from '@/app/api/clusters/[cluster]/operations/[operation]/route'
import { POST as resume } from '@/app/api/clusters/[cluster]/releases/[namespace]/[name]/continue/route'
import { PUT as image } from '@/app/api/clusters/[cluster]/releases/[namespace]/[name]/image/route'
import { POST as remove } from '@/app/api/clusters/[cluster]/releases/[namespace]/[name]/remove/route'
import { POST as start } from '@/app/api/clusters/[cluster]/releases/route'
import type { Accepted } from '@/lib/contract'
import type { Operation } from '@/lib/domain/model/operation'
import type { Handler } from '@/lib/server/http'
import { setRuntime } from '@/lib/server/runtime'
import { call, type Stage, startServer } from '../with-server'

let stage: Stage
beforeAll(async () => {
  stage = await startServer({ HALFTONE_SAMPLING: 'off', HALFTONE_DUE_MS: '100' }, { world: 'default' })
}, 60_000)
afterAll(() => stage.stop())

const RELEASE = { cluster: 'demo', namespace: 'default', name: 'pay-canary' }
const CHOICE = {
  namespace: 'default',
  ingress: 'nginx-ingress',
  host: '',
  path: '/pay',
  image: 'nginx:pay-v2',
}

async function send<T>(handler: Handler, method: string, params: Record<string, string>, body?: unknown) {
  const answer = await call(handler, { params, method, ...(body !== undefined && { body }) })
  return { status: answer.status, body: (await answer.json()) as T }
}

const read = (accepted: string, cluster = 'demo') =>
  send<Operation>(operation, 'GET', { cluster, operation: accepted })

async function done(accepted: { status: number; body: Accepted }) {
  expect(accepted, JSON.stringify(accepted.body)).toMatchObject({ status: 202, body: { id: RELEASE } })
  await vi.waitFor(async () => expect((await read(accepted.body.operation)).body.state).toBe('done'), {
    timeout: 30_000,
    interval: 50,
  })
}

test('start, fixed build, remove: each is accepted with 202, and can be followed to its end', async () => {
  await done(await send(start, 'POST', { cluster: 'demo' }, { ...CHOICE, reason: 'try it' }))
  const again = await send<{ code: string }>(resume, 'POST', RELEASE, {})
  expect(again.status).toBe(202)
  await done(again as never)
  const release = stage.runtime.clusters.get('demo')?.get(RELEASE)
  const resourceVersion = release?.ok ? release.value.resourceVersion : ''
  await done(await send(image, 'PUT', RELEASE, { image: 'nginx:pay-v3', resourceVersion }))
  await done(await send(remove, 'POST', RELEASE, { reason: 'enough' }))
})

test.each([
  ['a field that does not exist', { ...CHOICE, hots: 'x' }, 422, 'hots'],
  ['an image that is none', { ...CHOICE, image: 'not an image' }, 422, 'image'],
  ['a suffix that makes illegal names', { ...CHOICE, suffix: 'V2_' }, 422, 'suffix'],
  ['a name that is taken', { ...CHOICE, name: 'nginx-ingress' }, 409, 'name'],
  ['a weight out of range', { ...CHOICE, weight: 101 }, 422, 'weight'],
  ['a route that is not there', { ...CHOICE, path: '/nobody' }, 404, undefined],
])('%s: nothing begins', async (_case, body, status, field) => {
  expect(await send(start, 'POST', { cluster: 'demo' }, body)).toMatchObject({
    status,
    body: field === undefined ? {} : { field },
  })
})

test('an operation that is not known, or of another cluster, is lost', async () => {
  for (const [name, cluster] of [
    ['nobody', 'demo'],
    ['../x', 'demo'],
  ] as const) {
    expect(await read(name, cluster)).toMatchObject({ status: 404, body: { code: 'operation-lost' } })
  }
  expect(await read('nobody', 'elsewhere')).toMatchObject({ status: 404, body: { code: 'not-found' } })
})

test('of a release that no start has made nothing is continued or removed', async () => {
  const nobody = { ...RELEASE, name: 'nobody' }
  expect(await send(resume, 'POST', nobody, {})).toMatchObject({ status: 404 })
  expect(await send(remove, 'POST', nobody, {})).toMatchObject({ status: 404 })
  expect(await send(image, 'PUT', nobody, { image: 'a:1', resourceVersion: '1' })).toMatchObject({
    status: 404,
  })
})

test('a read-only Halftone begins nothing', async () => {
  const { runtime } = stage
  setRuntime({ ...runtime, environment: { ...runtime.environment, HALFTONE_READ_ONLY: true } })
  try {
    const refused = { status: 403, body: { code: 'read-only' } }
    expect(await send(start, 'POST', { cluster: 'demo' }, CHOICE)).toMatchObject(refused)
    expect(await send(resume, 'POST', RELEASE, {})).toMatchObject(refused)
    expect(await send(remove, 'POST', RELEASE, {})).toMatchObject(refused)
    expect(await send(image, 'PUT', RELEASE, { image: 'a:1', resourceVersion: '1' })).toMatchObject(refused)
  } finally {
    setRuntime(runtime)
  }
})
