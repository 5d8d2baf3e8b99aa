import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { kinds } from '@/lib/server/kubernetes/kinds'
import { NGINX } from '@/sandbox/world/objects'
import { beginRelease, endWhole, weigh } from '@/tests/cluster/faults/begin'
import { collection, freshName } from '@/tests/cluster/faults/world'
import { theCluster } from '@/tests/cluster/harness/cluster'
import { endsTrue, isLive, isStale, type Stage, stageOn } from '@/tests/server/cluster/stage'

const NAMESPACE = freshName('rights')
const CANARY = { cluster: 'demo', namespace: NAMESPACE, name: 'app-canary' }
const RBAC = '/apis/rbac.authorization.k8s.io/v1'

const real = theCluster()
let on: Stage

beforeAll(async () => {
  // Watches of 5 to 6 s: an open one is not asked for its rights again.
  on = await stageOn(real, { times: { idleMs: 8_000 } })
  await beginRelease(on, NAMESPACE)
})

afterAll(async () => {
  await endWhole(on, NAMESPACE)
  await on.stop()
})

const annotate = (weight: number) =>
  on.kubectl('PATCH', `${collection.Ingress(NAMESPACE)}/app-canary`, {
    metadata: { annotations: { [`${NGINX}canary-weight`]: String(weight) } },
  })

/** Takes a binding away while something is done, and gives it back. */
async function without(binding: string, act: () => Promise<void>): Promise<void> {
  const path = `${RBAC}/clusterrolebindings`
  const { roleRef, subjects } = (await on.kubectl('GET', `${path}/${binding}`)) as {
    roleRef: object
    subjects: object[]
  }
  await on.kubectl('DELETE', `${path}/${binding}`)
  try {
    await act()
  } finally {
    const metadata = { name: binding }
    await on.kubectl('POST', path, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata,
      roleRef,
      subjects,
    })
  }
}

test('the right to write withdrawn: a write says who forbids it, and what is shown stays live', async () => {
  await without('halftone-writer', async () => {
    await vi.waitFor(async () =>
      expect(await weigh(on, CANARY, 3)).toMatchObject({
        ok: false,
        problem: {
          code: 'cluster-forbids',
          title: expect.stringContaining('cannot patch resource "ingresses"'),
        },
      }),
    )
    expect(on.cluster.state().state).toBe('live')
  })
  await vi.waitFor(async () => expect(await weigh(on, CANARY, 4)).toMatchObject({ ok: true }))
})

test('all rights to read withdrawn: the last picture, stale, with its reason; given back, live by itself', async () => {
  const nothingIsReadable = async () => {
    await isStale(on.cluster, 15_000)
    await vi.waitFor(
      () =>
        expect(on.cluster.state().unreadable.map(each => `${each.kind} ${each.why}`)).toEqual(
          Object.keys(kinds).map(kind => `${kind} forbidden`),
        ),
      { timeout: 30_000 },
    )
    await annotate(11)
    expect(on.cluster.state().state).toBe('stale')
    expect(on.cluster.get(CANARY)).toMatchObject({ value: { weight: 4 } })
  }
  await without('halftone-classes', () => without('halftone-reader', nothingIsReadable))
  const givenMs = performance.now()
  await vi.waitFor(
    () => expect(on.frames.get('cluster/demo')).toMatchObject({ state: 'live', unreadable: [] }),
    {
      timeout: 20_000,
    },
  )
  console.log(`rights given back: live after ${Math.round(performance.now() - givenMs)} ms`)
  expect(on.cluster.get(CANARY)).toMatchObject({ value: { weight: 11 } })
  await endsTrue(on)
})

test('the right to read pods withdrawn: that part is named, the rest is live; given back, pods are there again', async () => {
  const path = `${RBAC}/clusterroles/halftone-reader`
  const { rules } = (await on.kubectl('GET', path)) as { rules: { resources: string[] }[] }
  const less = rules.map(rule => ({ ...rule, resources: rule.resources.filter(each => each !== 'pods') }))
  await on.kubectl('PATCH', path, { rules: less })
  try {
    await vi.waitFor(
      () => expect(on.cluster.state().unreadable).toEqual([{ kind: 'pods', why: 'forbidden' }]),
      { timeout: 15_000 },
    )
    await isLive(on.cluster)
    expect(await weigh(on, CANARY, 12)).toMatchObject({ ok: true, value: { weight: 12 } })
  } finally {
    await on.kubectl('PATCH', path, { rules })
  }
  await vi.waitFor(() => expect(on.frames.get('cluster/demo')).toMatchObject({ unreadable: [] }), {
    timeout: 20_000,
  })
  await endsTrue(on)
})
