import { setTimeout as sleep } from 'node:timers/promises'
import type { Case, CaseIngress } from '@/scripts/cases/case'
import type { Field, Placed } from '@/tests/cluster/differential/field'
import type { Verdicts } from '@/tests/cluster/differential/fixture'
import { manifestIn, namespaceIn, plotFor } from '@/tests/cluster/differential/plot'
import { ingressesOf, type World, worldOf } from '@/tests/cluster/differential/world'

const PATIENCE_MS = 5_000
const AGAIN_MS = 200

/** Would the cluster take this Ingress beside those that stand. */
async function isAllowed({ side }: Field, { plot }: Placed, incoming: CaseIngress): Promise<boolean> {
  const path = `/apis/networking.k8s.io/v1/namespaces/${namespaceIn(plot, incoming.namespace)}/ingresses`
  try {
    await side.api.create(`${path}?dryRun=All`, manifestIn(plot, incoming))
    return true
  } catch (error) {
    if (!String(error).includes('admission webhook')) throw error
    return false
  }
}

/** The canary of such a case is the Ingress that comes in; everything else stands already. */
const standing = ({ canaries, ...world }: World, incoming: CaseIngress): World => ({
  ...world,
  canaries: canaries.filter(({ name }) => name !== incoming.name),
})

async function judgeAdmission(field: Field, placed: Placed, one: Case): Promise<string | null> {
  const { admission: wanted } = one.expect
  const { canary } = one
  if (!canary) return 'no Ingress to admit'
  const giveUpAt = performance.now() + PATIENCE_MS
  for (;;) {
    const got = (await isAllowed(field, placed, canary)) ? 'allow' : 'reject'
    if (got === wanted) return null
    if (performance.now() > giveUpAt) return `expected ${wanted}, got ${got}`
    await sleep(AGAIN_MS)
  }
}

/** Judges cases by the controller's webhook; what it shall refuse comes first, so that it is known to be asked. */
export async function judgeByWebhook(field: Field, cases: readonly Case[]): Promise<Verdicts> {
  const verdicts: Verdicts = new Map()
  const { side, namespace } = field
  const judged = cases
    .filter(({ expect }) => expect.admission !== undefined)
    .sort((a, b) => Number(a.expect.admission === 'allow') - Number(b.expect.admission === 'allow'))
  const placed = judged.map((one, slot): Placed & { one: Case } => {
    const world = worldOf(one)
    const plot = plotFor(world, { namespace, slot })
    return { one, plot, world: one.canary ? standing(world, one.canary) : world }
  })
  try {
    await field.putUp(placed.filter(({ world }) => ingressesOf(world).length > 0))
    await side.restart({ webhook: true })
    for (const each of placed) verdicts.set(each.one.id, await judgeAdmission(field, each, each.one))
  } finally {
    await side.restart()
    await field.takeDown()
  }
  return verdicts
}
