import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Mending } from '@/lib/contract'
import type { Release } from '@/lib/domain/model/release'
import { mendFinding } from '@/lib/server/mend'
import {
  canaryManifest,
  INGRESSES,
  NGINX,
  QUICK,
  type SandboxStage,
  stage,
  USER,
} from './cluster/with-sandbox'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let on: SandboxStage

beforeAll(async () => {
  on = await stage({ times: { ...QUICK, idleMs: 120_000 } })
  await on.kubectl('POST', INGRESSES, canaryManifest('user-canary', { [`${NGINX}canary-weight`]: '0' }))
  await until(() => expect(on.cluster.get(USER).ok).toBe(true))
})
afterAll(() => on.stop())

const until = (expectation: () => void) => vi.waitFor(expectation, { timeout: 20_000, interval: 50 })

function release(): Release {
  const found = on.cluster.get(USER)
  if (!found.ok) throw new Error(found.problem.title)
  return found.value
}

/** Writes annotations as somebody else, and waits for the finding that they make. */
async function broken(annotations: Record<string, string | null>, finding: string) {
  const keys = Object.entries(annotations).map(([key, value]) => [`${NGINX}${key}`, value])
  await on.annotate('user-canary', Object.fromEntries(keys))
  await until(() => expect(release().findings.map(({ id }) => id)).toContain(finding))
  const { where = '' } = release().findings.find(({ id }) => id === finding) ?? {}
  return { finding, where, resourceVersion: release().resourceVersion }
}

const annotationsOf = async () =>
  (
    (await on.kubectl('GET', `${INGRESSES}/user-canary`)) as {
      metadata: { annotations: Record<string, string> }
    }
  ).metadata.annotations

describe('a finding is mended as it was shown', () => {
  test('the patch is shown and nothing written; then it is written, and the finding is gone', async () => {
    const body = await broken({ 'canary-weight': '150' }, 'L13')
    const shown = await mendFinding(on.cluster, USER, { ...body, dryRun: true })
    expect(shown).toMatchObject({ ok: true, value: { kubectl: expect.stringContaining('--type=json') } })
    expect((await annotationsOf())[`${NGINX}canary-weight`]).toBe('150')
    const { patch } = (shown.ok && shown.value) as Mending
    expect(patch.at(-1)).toMatchObject({ op: 'replace', value: '100' })

    const written = await mendFinding(on.cluster, USER, body)
    expect(written).toMatchObject({ ok: true, value: { weight: 100, changedBy: 'halftone' } })
    expect(release().findings.map(({ id }) => id)).not.toContain('L13')
    expect((await annotationsOf())[`${NGINX}canary-weight`]).toBe('100')
  })

  test('an annotation that is ignored is taken away', async () => {
    const body = await broken({ 'canary-weight': '0', 'canary-weight-total': '50' }, 'L12')
    expect((await mendFinding(on.cluster, USER, body)).ok).toBe(true)
    expect(await annotationsOf()).not.toHaveProperty([`${NGINX}canary-weight-total`])
  })
})

describe('nothing is written', () => {
  test('where somebody has changed it since it was shown', async () => {
    const body = await broken({ 'canary-weight': '150' }, 'L13')
    await on.annotate('user-canary', { [`${NGINX}canary-weight`]: '160' })
    await until(() => expect(release().resourceVersion).not.toBe(body.resourceVersion))
    expect(await mendFinding(on.cluster, USER, body)).toMatchObject({ problem: { code: 'stale-edit' } })
    expect((await annotationsOf())[`${NGINX}canary-weight`]).toBe('160')
  })

  test('where it has been mended meanwhile', async () => {
    const body = await broken({ 'canary-weight': '150' }, 'L13')
    await on.annotate('user-canary', { [`${NGINX}canary-weight`]: '10' })
    await until(() => expect(release().weight).toBe(10))
    const { resourceVersion } = release()
    for (const dryRun of [true, false]) {
      const answer = await mendFinding(on.cluster, USER, { ...body, resourceVersion, dryRun })
      expect(answer).toMatchObject({ problem: { code: 'not-mendable' } })
    }
  })

  test('but a status update meanwhile is no conflict', async () => {
    const body = await broken({ 'canary-weight': '150' }, 'L13')
    const status = { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } }
    await on.kubectl('PATCH', `${INGRESSES}/user-canary/status`, { status })
    expect((await mendFinding(on.cluster, USER, body)).ok).toBe(true)
  })

  test('of a release that is not there', async () => {
    const body = { finding: 'L13', where: '', resourceVersion: '1' }
    for (const dryRun of [true, false]) {
      const answer = await mendFinding(on.cluster, { ...USER, name: 'nobody' }, { ...body, dryRun })
      expect(answer).toMatchObject({ problem: { code: 'not-found' } })
    }
  })
})
