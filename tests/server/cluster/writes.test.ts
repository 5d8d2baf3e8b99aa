import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Release } from '@/lib/domain/model/release'
import { ok } from '@/lib/domain/problem'
import { rollbackPatch } from '@/lib/domain/rollback'
import { weightPatch } from '@/lib/domain/weight'
import { Edits } from '@/lib/server/cluster/edits'
import { writeRelease } from '@/lib/server/cluster/write'
import { type ListedIngress, parseListedIngress } from '@/lib/server/kubernetes/kinds'
import { isLive, isStale } from './stage'
import { canaryManifest, INGRESSES, NGINX, QUICK, type SandboxStage, stage, USER } from './with-sandbox'

let on: SandboxStage

beforeAll(async () => {
  // Watches that last longer than a test: none is opened anew while answers are refused.
  on = await stage({ times: { ...QUICK, idleMs: 120_000 } })
  await on.kubectl('POST', INGRESSES, canaryManifest('user-canary', { [`${NGINX}canary-weight`]: '0' }))
  await vi.waitFor(() => expect(on.cluster.get(USER).ok).toBe(true))
})
afterAll(() => on.stop())
beforeEach(async () => {
  await on.fault({ reset: true })
  await isLive(on.cluster)
})

function release(): Release {
  const found = on.cluster.get(USER)
  if (!found.ok) throw new Error(found.problem.title)
  return found.value
}

function setWeight(weight: number, resourceVersion = release().resourceVersion) {
  const patch = weightPatch(release(), { weight })
  if (!patch.ok) throw new Error(patch.problem.title)
  return on.cluster.patch(USER, {
    patch: patch.value,
    resourceVersion,
    decideAgain: again => weightPatch(again, { weight }),
  })
}

const rollBack = () => {
  const patch = rollbackPatch(release())
  if (!patch.ok) throw new Error(patch.problem.title)
  return on.cluster.patch(USER, { patch: patch.value, decideAgain: again => rollbackPatch(again) })
}

const setStatus = (ip: string) =>
  on.kubectl('PATCH', `${INGRESSES}/user-canary/status`, { status: { loadBalancer: { ingress: [{ ip }] } } })

test('a write is answered with the release as our own watch shows it, and every later read includes it', async () => {
  const written = await setWeight(20)
  expect(written).toMatchObject({ ok: true, value: { weight: 20, weightTotal: 100, changedBy: 'halftone' } })
  expect(release()).toMatchObject({ weight: 20, state: 'shifting' })
  const shown = () => on.frames.get('release/demo/default/user-canary') as Release
  await vi.waitFor(() => expect(shown().weight).toBe(20))
})

test('a status update meanwhile is no conflict', async () => {
  const seen = release().resourceVersion
  await setStatus('10.0.0.1')
  await vi.waitFor(() => expect(release().resourceVersion).not.toBe(seen))
  expect(await setWeight(21, seen)).toMatchObject({ ok: true, value: { weight: 21 } })
})

test("somebody else's edit meanwhile is stale-edit, and nothing is written", async () => {
  const seen = release().resourceVersion
  await on.annotate('user-canary', { [`${NGINX}canary-weight`]: '33' })
  await vi.waitFor(() => expect(release().weight).toBe(33))
  expect(await setWeight(50, seen)).toMatchObject({ ok: false, problem: { code: 'stale-edit' } })
  expect(release().weight).toBe(33)
})

/** A cache that has stood still since now, as behind a watch that lags. */
async function lagging(connection = on.connection) {
  const edits = new Edits()
  let held = parseListedIngress(await on.kubectl('GET', `${INGRESSES}/user-canary`))
  const take = (ingress: ListedIngress) => {
    edits.note({ before: held, after: ingress })
    held = ingress
  }
  take(held)
  const seen = held.resourceVersion
  const known = release()
  const write = (patch: ReturnType<typeof rollbackPatch>, guard: { resourceVersion?: string }) => {
    if (!patch.ok) throw new Error(patch.problem.title)
    const edit = { patch: patch.value, decideAgain: () => patch, ...guard }
    return writeRelease(USER, edit, {
      connection,
      ingress: () => held,
      contentVersion: () => edits.contentVersion(USER),
      release: () => ok(known),
      learn: take,
      caughtUp: async () => true,
    })
  }
  return {
    setWeightTo: (weight: number) => write(weightPatch(known, { weight }), { resourceVersion: seen }),
    rollBack: () => write(rollbackPatch(known), {}),
    held: () => held,
  }
}

test('an edit our watch has not shown yet is found by the API server, read again, and refused', async () => {
  const { setWeightTo, held } = await lagging()
  await on.annotate('user-canary', { [`${NGINX}canary-weight`]: '44' })
  expect(await setWeightTo(50)).toMatchObject({ ok: false, problem: { code: 'stale-edit' } })
  expect(held().annotations[`${NGINX}canary-weight`]).toBe('44')
  await vi.waitFor(() => expect(release().weight).toBe(44))
})

test('a status update our watch has not shown yet only costs a second try', async () => {
  const { setWeightTo } = await lagging()
  await setStatus('10.0.0.2')
  expect(await setWeightTo(45)).toMatchObject({ ok: true })
  await vi.waitFor(() => expect(release().weight).toBe(45))
})

test('even status updates that come between each reading and writing are no conflict', async () => {
  let updates = 0
  const { setWeightTo } = await lagging({
    ...on.connection,
    request: async (method, path, options) => {
      if (method === 'PATCH' && updates < 3) {
        updates += 1
        await setStatus(`10.0.1.${updates}`)
      }
      return on.connection.request(method, path, options)
    },
  })
  expect(await setWeightTo(46)).toMatchObject({ ok: true })
  await vi.waitFor(() => expect(release().weight).toBe(46))
})

test('a canary made anew under the same name is another object: an old edit does not reach it', async () => {
  const { setWeightTo } = await lagging()
  await on.kubectl('DELETE', `${INGRESSES}/user-canary`)
  await on.kubectl('POST', INGRESSES, canaryManifest('user-canary', { [`${NGINX}canary-weight`]: '7' }))
  expect(await setWeightTo(50)).toMatchObject({ ok: false, problem: { code: 'stale-edit' } })
  await vi.waitFor(() => expect(release().weight).toBe(7))
})

test('a roll back reaches the canary that is there now, be it made anew under the same name', async () => {
  const { rollBack: rollBackBlindly } = await lagging()
  await on.kubectl('DELETE', `${INGRESSES}/user-canary`)
  await on.kubectl('POST', INGRESSES, canaryManifest('user-canary', { [`${NGINX}canary-weight`]: '8' }))
  expect(await rollBackBlindly()).toMatchObject({ ok: true })
  await vi.waitFor(() => expect(release().weight).toBe(0))
})

test('a canary deleted meanwhile is not found', async () => {
  const { setWeightTo } = await lagging()
  await on.kubectl('DELETE', `${INGRESSES}/user-canary`)
  expect(await setWeightTo(50)).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  await on.kubectl('POST', INGRESSES, canaryManifest('user-canary', { [`${NGINX}canary-weight`]: '7' }))
  await vi.waitFor(() => expect(release().weight).toBe(7))
})

test('rollback asks for no version and tries again through 429 with Retry-After', async () => {
  await setWeight(60)
  await on.fault({ answer: { status: 429, percent: 100, retryAfter: 30 } })
  const before = await on.requests()
  const rollingBack = rollBack()
  await vi.waitFor(async () => expect((await on.requests()) - before).toBeGreaterThanOrEqual(3), {
    timeout: 5_000,
  })
  await on.fault({ reset: true })
  expect(await rollingBack).toMatchObject({ ok: true, value: { weight: 0, state: 'parked' } })
})

test('rollback waits for no server that is gone: it is through as soon as there is one', async () => {
  await setWeight(61)
  await on.fault({ down: true })
  const rollingBack = rollBack()
  await isStale(on.cluster, 4_000)
  await on.fault({ down: false })
  expect(await rollingBack).toMatchObject({ ok: true, value: { weight: 0 } })
})

test('rollback is not put off by a server that has just started and still refuses everybody', async () => {
  await setWeight(62)
  await on.fault({ down: true })
  const rollingBack = rollBack()
  await isStale(on.cluster, 4_000)
  await on.fault({ deny: { verb: 'patch', kind: 'ingresses' } })
  await on.fault({ down: false })
  const before = await on.requests()
  await vi.waitFor(async () => expect((await on.requests()) - before).toBeGreaterThanOrEqual(2))
  await on.fault({ reset: true })
  expect(await rollingBack).toMatchObject({ ok: true, value: { weight: 0 } })
})

test('rollback that is not allowed is told so at once', async () => {
  await setWeight(63)
  await on.fault({ deny: { verb: 'patch', kind: 'ingresses' } })
  const startedMs = performance.now()
  expect(await rollBack()).toMatchObject({ ok: false, problem: { code: 'cluster-forbids' } })
  expect(performance.now() - startedMs).toBeLessThan(2_000)
})

test('another write under 429 says that the cluster is busy', async () => {
  const { resourceVersion } = release()
  await on.fault({ answer: { status: 429, percent: 100, retryAfter: 1 } })
  expect(await setWeight(5, resourceVersion)).toMatchObject({ ok: false, problem: { code: 'cluster-busy' } })
})

test('what the cluster refuses to let us do is said with its reason', async () => {
  const { resourceVersion } = release()
  await on.fault({ deny: { verb: 'patch', kind: 'ingresses' } })
  expect(await setWeight(5, resourceVersion)).toMatchObject({
    ok: false,
    problem: { code: 'cluster-forbids' },
  })
})

test('a release that does not exist is not found, nothing is sent', async () => {
  const before = await on.requests()
  const id = { ...USER, name: 'nobody' }
  const answer = await on.cluster.patch(id, {
    patch: { metadata: { annotations: {} } },
    resourceVersion: '1',
  })
  expect(answer).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  expect((await on.requests()) - before).toBeLessThanOrEqual(2)
})
