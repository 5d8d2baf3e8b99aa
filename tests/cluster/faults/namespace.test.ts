import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { weightPatch } from '@/lib/domain/weight'
import { beginRelease, end, ended } from '@/tests/cluster/faults/begin'
import { collection, freshName } from '@/tests/cluster/faults/world'
import { theCluster } from '@/tests/cluster/harness/cluster'
import { endsTrue, type Stage, stageOn } from '@/tests/server/cluster/stage'

const HOLD = 'halftone.dev/held-by-a-test'

const real = theCluster()
let on: Stage

beforeAll(async () => {
  on = await stageOn(real)
})
afterAll(() => on.stop())

/** A release on show, and a way to write its weight as somebody who has seen it just now. */
async function release(stem: string) {
  const id = await beginRelease(on, freshName(stem))
  const held = on.cluster.get(id)
  if (!held.ok) throw new Error(held.problem.title)
  const write = (weight: number) => {
    const patch = weightPatch(held.value, { weight })
    if (!patch.ok) throw new Error(patch.problem.title)
    return on.cluster.patch(id, { patch: patch.value, resourceVersion: held.value.resourceVersion })
  }
  return { id, write, key: `release/${id.cluster}/${id.namespace}/${id.name}` }
}

const isGone = (key: string) => vi.waitFor(() => expect(on.frames.has(key)).toBe(false), { timeout: 60_000 })

test('deleted under the page: its frames say gone, and a write that it is not found', async () => {
  const { id, write, key } = await release('deleted')
  expect(on.frames.has(key)).toBe(true)
  await end(on, id.namespace)
  await isGone(key)
  expect(on.frames.has(`board/${id.cluster}/${id.namespace}/${id.name}`)).toBe(false)
  expect(on.cluster.get(id)).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  expect(await write(5)).toMatchObject({ ok: false, problem: { code: 'not-found' } })
  await ended(on, id.namespace)
  await endsTrue(on)
})

test('stuck while it ends, with a canary that something holds: shown and steered for as long as it is there', async () => {
  const { id, write, key } = await release('stuck')
  const path = `${collection.Ingress(id.namespace)}/${id.name}`
  await on.kubectl('PATCH', path, { metadata: { finalizers: [HOLD] } })
  await end(on, id.namespace)
  // Everything else goes: what is left is a canary without a partner.
  await vi.waitFor(() => expect(on.cluster.get(id)).toMatchObject({ value: { state: 'dead' } }), {
    timeout: 60_000,
  })
  expect(await write(5)).toMatchObject({ ok: true, value: { weight: 5, state: 'dead' } })
  await endsTrue(on)
  await on.kubectl('PATCH', path, { metadata: { finalizers: null } })
  await isGone(key)
  await ended(on, id.namespace)
  await endsTrue(on)
})
