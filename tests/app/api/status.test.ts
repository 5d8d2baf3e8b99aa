import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { GET as status, POST as write } from '@/app/api/status/route'
import type { Status } from '@/lib/domain/model/status'
import { call, type Stage, startServer } from '../with-server'

let stage: Stage
beforeAll(async () => {
  stage = await startServer({ HALFTONE_GATEWAYS: 'nginx=http://127.0.0.1:1' })
})
afterAll(() => stage.stop())

const SOON = { timeout: 20_000, interval: 50 }

const read = async (): Promise<Status> => {
  const answer = await call(status, { path: '/api/status' })
  expect(answer.status).toBe(200)
  return answer.json()
}

test('the board’s world shows an old controller, and what is to be said of it', async () => {
  await vi.waitFor(async () => {
    const [cluster] = (await read()).clusters
    expect(cluster).toMatchObject({
      cluster: 'demo',
      classesShared: [],
      gateways: [{ className: 'nginx', url: 'http://127.0.0.1:1' }],
    })
    const [found] = cluster?.controllers ?? []
    expect(found).toMatchObject({ dialect: 'ingress-nginx', version: 'v1.11.2', canaries: 'as-modelled' })
    expect(found?.classes).toContain('nginx')
    expect(found?.findings.map(({ id }) => id)).toEqual(['L43', 'L42', 'L35', 'L40'])
    const internal = cluster?.controllers.find(each => each.classes.includes('internal'))
    expect(internal).toMatchObject({ dialect: 'other', image: null, findings: [] })
  }, SOON)
})

test('with the rights of deploy/rbac.yaml nothing is missing, in any namespace', async () => {
  const [cluster] = (await read()).clusters
  expect(cluster?.rights.length).toBeGreaterThan(10)
  for (const { problem, missing, limited } of cluster?.rights ?? [])
    expect({ problem, missing, limited }).toEqual({ problem: null, missing: [], limited: [] })
})

test('asking again asks the cluster nothing that it has just told', async () => {
  await read()
  const asked = async () => {
    const answer = await fetch(`${stage.sandbox.adminUrl}/requests`)
    return ((await answer.json()) as { halftone?: number }).halftone ?? 0
  }
  const before = await asked()
  await Promise.all([read(), read(), read()])
  // The question whether the API server is there may fall in between.
  expect((await asked()) - before).toBeLessThanOrEqual(2)
})

test('it can only be read', async () => {
  expect((await call(write, { method: 'POST', body: {}, path: '/api/status' })).status).toBe(405)
})

test('no token is in it', async () => {
  const text = JSON.stringify(await read())
  for (const token of Object.values(stage.sandbox.tokens)) expect(text).not.toContain(token)
})
