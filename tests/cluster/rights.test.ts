import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Halftone, startHalftone } from '@/bench/run/product'
import { shopOf } from '@/sandbox/world/shop'
import { theCluster } from '@/tests/cluster/harness/cluster'
import { auditFromNow, type Call } from '@/tests/cluster/rights/audit'
import { clientAs } from '@/tests/cluster/rights/client'
import { rulesForEverybody } from '@/tests/cluster/rights/defaults'
import { bindInNamespace, unbind } from '@/tests/cluster/rights/narrow'
import { freshRoute, startAndRemove } from '@/tests/cluster/rights/start-run'
import { WholeRun } from '@/tests/cluster/rights/whole-run'
import { allWishes, grantedAmong, OUT_OF_REACH } from '@/tests/cluster/rights/wishes'
import { kubectl } from '@/tests/e2e/kubectl'
import { grantedRules, type PolicyRule, permissionsOf } from '@/tests/fixtures/rbac'

const NAME = 'rights'
const OURS = 'system:serviceaccount:halftone:halftone'
/** What any program may ask an API server, whoever it is. */
const PUBLIC = ['get /readyz', 'get /version']
const PATIENCE = { timeout: 60_000, interval: 200 }

const cluster = theCluster()
const admin = clientAs(cluster, cluster.tokens.admin, 'rights-test')
const granted = permissionsOf(grantedRules)

const world = [...shopOf({ app: NAME, v1: { replicas: 0 }, v2: { replicas: 0 } }), ...freshRoute(NAME)]

beforeAll(async () => {
  await kubectl(cluster.kubeconfig, ['apply', '-f', '-'], world)
})
afterAll(async () => {
  await kubectl(cluster.kubeconfig, ['delete', '--ignore-not-found', 'namespace', NAME])
  await unbind(cluster, NAME)
}, 120_000)

const ofProduct = (calls: readonly Call[], user: string) =>
  calls.filter(each => each.user === user && each.agent === 'halftone')
const usedIn = (calls: readonly Call[]) =>
  [...new Set(calls.filter(each => each.status < 400).map(each => each.permission))].sort()

/** Everything a person can do so far, each part seen to be done. Returns what the product asked the API server. */
async function runWhole(halftone: Halftone, user: string, calls: () => Call[]): Promise<Call[]> {
  const run = new WholeRun(halftone.url, 'real', `${NAME}/${NAME}-canary`)
  await run.look()
  expect(await run.weight(5)).toBe(200)
  expect(await run.rules()).toBe(200)
  const isAskedAnew = () =>
    ofProduct(calls(), user).some(each => each.permission === 'get networking.k8s.io/ingresses')
  await run.meet(admin, isAskedAnew)
  await startAndRemove(`${halftone.url}/api/clusters/real`, NAME)
  expect(await run.rollBack()).toBe(200)
  const isUsed = () => expect(usedIn(ofProduct(calls(), user))).toEqual([...granted, ...PUBLIC].sort())
  await vi.waitFor(isUsed, PATIENCE)
  await halftone.stop()
  return ofProduct(calls(), user)
}

describe('a whole run of the product', () => {
  test('uses every right of deploy/rbac.yaml, needs no other, and is refused nothing', async () => {
    const calls = auditFromNow(cluster.auditLog)
    const halftone = await startHalftone(cluster, { HALFTONE_CONTEXTS: 'real=halftone' })
    const asked = await runWhole(halftone, OURS, calls)
    expect(asked.filter(each => each.status === 401 || each.status === 403 || each.refused)).toEqual([])
    expect([...new Set(asked.map(each => each.permission))].sort()).toEqual([...granted, ...PUBLIC].sort())
  }, 420_000)

  test('in one namespace needs nothing cluster-wide but the classes, and is refused nothing', async () => {
    const { kubeconfig, user } = await bindInNamespace(cluster, admin, NAME)
    const calls = auditFromNow(cluster.auditLog)
    const halftone = await startHalftone(
      { ...cluster, kubeconfig },
      { HALFTONE_CONTEXTS: 'real=halftone', HALFTONE_NAMESPACES: NAME },
    )
    const asked = await runWhole(halftone, user, calls)
    expect(asked.filter(each => each.status === 401 || each.status === 403 || each.refused)).toEqual([])
  }, 420_000)
})

describe('the service account', () => {
  const client = clientAs(cluster, cluster.tokens.halftone, 'rights-test')
  let defaults: string[]
  beforeAll(async () => {
    defaults = permissionsOf(await rulesForEverybody(admin))
  })

  test('may do what deploy/rbac.yaml says and what everybody may, and no more', async () => {
    const { body } = await client.ask('POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {
      body: { spec: { namespace: NAME } },
    })
    const { resourceRules, nonResourceRules, incomplete } = body.status as Review
    expect(incomplete).toBe(false)
    expect(permissionsOf([...resourceRules, ...nonResourceRules])).toEqual(
      [...new Set([...granted, ...defaults])].sort(),
    )
  })

  test('is refused every other verb on everything that the API server serves', async () => {
    const allowed = new Set([...granted, ...defaults])
    const wishes = (await allWishes(admin)).filter(({ permission }) => !allowed.has(permission))
    // As many kinds as Kubernetes has: whoever reads an empty discovery proves nothing.
    expect(wishes.length).toBeGreaterThan(500)
    for (const resource of OUT_OF_REACH) {
      expect(wishes.map(each => each.permission)).toContain(resource)
    }
    const calls = auditFromNow(cluster.auditLog)
    expect(await grantedAmong(client, wishes)).toEqual([])
    const refused = () =>
      new Set(calls().flatMap(each => (each.user === OURS && each.refused ? [each.permission] : [])))
    await vi.waitFor(
      () => expect(wishes.filter(({ permission }) => !refused().has(permission))).toEqual([]),
      PATIENCE,
    )
  }, 180_000)

  test.each(['/metrics', '/logs/', '/debug/pprof/', '/openid/v1/x', '/configz'])(
    'is refused %s',
    async path => {
      expect((await client.ask('GET', path)).status).toBe(403)
    },
  )

  test.each([
    { 'impersonate-user': 'admin' },
    { 'impersonate-user': OURS, 'impersonate-group': 'system:masters' },
  ])('may not act as somebody else: %o', async headers => {
    const path = `/apis/networking.k8s.io/v1/namespaces/${NAME}/ingresses`
    expect((await client.ask('GET', path)).status).toBe(200)
    expect((await client.ask('GET', path, { headers })).status).toBe(403)
  })
})

type Review = { resourceRules: PolicyRule[]; nonResourceRules: PolicyRule[]; incomplete: boolean }
