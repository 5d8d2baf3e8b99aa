import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSources } from '@/lib/server/start/sources'
import { serviceOf } from '@/sandbox/world/objects'
import { type SandboxStage, stage } from '@/tests/server/cluster/with-sandbox'

const ROUTE = { namespace: 'default', ingress: 'nginx-ingress' }
const SERVICES = '/api/v1/namespaces/default/services'

let on: SandboxStage

beforeAll(async () => {
  on = await stage()
})
afterAll(() => on.stop())

const named = (raws: readonly unknown[] = []) =>
  (raws as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name)
const read = async () => {
  const sources = await readSources(on.cluster, ROUTE)
  if (!sources.ok) throw new Error(sources.problem.title)
  return sources.value
}

describe('what a start reads', () => {
  test('is there as soon as it is written, before any watch has shown it', async () => {
    await on.kubectl('POST', SERVICES, serviceOf('default', 'service-late', 'late'))
    expect(named((await read()).services)).toContain('service-late')
  })

  test('is whole, however many there are, and each object says what it is', async () => {
    for (let at = 0; at < 120; at += 1) {
      await on.kubectl('POST', SERVICES, serviceOf('default', `service-${at}`, 'many'))
    }
    const { services, deployments, ordinary } = await read()
    expect(named(services)).toEqual(expect.arrayContaining(['service-0', 'service-119', 'service-user-v1']))
    expect(services).toContainEqual(expect.objectContaining({ apiVersion: 'v1', kind: 'Service' }))
    expect(deployments[0]).toMatchObject({ apiVersion: 'apps/v1', kind: 'Deployment' })
    expect(ordinary).toMatchObject({ kind: 'Ingress', metadata: { name: 'nginx-ingress' } })
  })

  test('an Ingress that has gone, while the watches still show it, is said to be gone', async () => {
    expect(await readSources(on.cluster, { ...ROUTE, ingress: 'gone' })).toMatchObject({
      ok: false,
      problem: { code: 'not-found', title: 'The Ingress default/gone is not there any more' },
    })
  })

  test('a busy cluster is busy, and says when to ask again', async () => {
    await on.fault({ answer: { status: 429, percent: 100, retryAfter: 3 } })
    const refused = await readSources(on.cluster, ROUTE)
    await on.fault({ reset: true })
    expect(refused).toMatchObject({
      ok: false,
      problem: { code: 'cluster-busy', params: { retryAfterSeconds: 3 } },
    })
  })
})
