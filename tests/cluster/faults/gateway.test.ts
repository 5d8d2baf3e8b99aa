import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { LaneSamples, Samples } from '@/lib/domain/model/samples'
import { weightPatch } from '@/lib/domain/weight'
import { editRelease } from '@/lib/server/edit'
import { parseEnvironment } from '@/lib/server/env'
import { createRuntime, type Runtime } from '@/lib/server/runtime'
import { beginRelease, endWhole, revive } from '@/tests/cluster/faults/begin'
import { freshName } from '@/tests/cluster/faults/world'
import { theCluster } from '@/tests/cluster/harness/cluster'
import { endController } from '@/tests/cluster/harness/controller'
import { connectionTo, type Stage, stageOn } from '@/tests/server/cluster/stage'

const NAMESPACE = freshName('gateway')
const CANARY = { cluster: 'demo', namespace: NAMESPACE, name: 'app-canary' }

const real = theCluster()
let admin: Stage
let runtime: Runtime
/** Everything that was said of the samples since the last write. */
let said: Samples[] = []

beforeAll(async () => {
  await real.restartController()
  admin = await stageOn(real)
  await beginRelease(admin, NAMESPACE)
  const environment = parseEnvironment({ HALFTONE_GATEWAYS: `nginx=${real.gatewayUrl}` })
  if (!environment.ok) throw new Error(environment.mistakes.join())
  const connection = connectionTo(real, real.tokens.halftone)
  runtime = createRuntime({
    environment: environment.value,
    connections: [{ cluster: 'demo', context: 'halftone', connection }],
  })
  const topic = `samples/demo/${NAMESPACE}/app-canary`
  await until(() => expect(cluster().get(CANARY).ok).toBe(true))
  runtime.hub.subscribe(topic, ({ bytes }) => {
    const { value } = JSON.parse(new TextDecoder().decode(bytes).slice('data: '.length)) as {
      value: Samples | null
    }
    if (value) said.push(value)
  })
  await until(() => expect(samples()?.reachable?.state).toBe('proven'))
})

afterAll(async () => {
  await runtime.stop()
  await revive(real)
  await endWhole(admin, NAMESPACE)
  await admin.stop()
})

const until = (expectation: () => void) => vi.waitFor(expectation, { timeout: 60_000, interval: 100 })
const samples = () => runtime.samplers.read(CANARY)
const everyone = (each: Samples | null | undefined = samples()): LaneSamples | undefined =>
  each?.lanes.find(lane => lane.lane === 'everyone')

function cluster() {
  const found = runtime.clusters.get('demo')
  if (!found) throw new Error('no cluster')
  return found
}

async function weigh(weight: number): Promise<void> {
  const written = await editRelease({
    cluster: cluster(),
    id: CANARY,
    decide: ({ release }) => weightPatch(release, { weight }),
  })
  if (!written.ok) throw new Error(written.problem.title)
  said = []
}

/** What was said of the configuration that sends this share to the canary. */
const saidOf = (expected: number) => said.filter(each => everyone(each)?.expected === expected)

test('the controller killed: its nginx goes on with the old weight, and a new one is in effect only after its return', async () => {
  await weigh(100)
  await until(() => expect(samples()?.inEffect).not.toBeNull())
  await real.kill('ingress-nginx')
  await weigh(0)
  await until(() => expect(everyone()?.verdict).toBe('not-as-configured'))
  await until(() => expect(everyone()?.canary).toBeGreaterThan(50))
  expect(saidOf(0).length).toBeGreaterThan(0)
  expect(saidOf(0).filter(each => each.inEffect !== null)).toEqual([])
  expect(saidOf(0).filter(each => everyone(each)?.verdict === 'as-configured')).toEqual([])
  await real.start('ingress-nginx')
  await until(() => expect(samples()?.inEffect).not.toBeNull())
})

test('nginx gone as well: cannot measure, since nothing answers, and never the fault of the canary', async () => {
  await weigh(100)
  await until(() => expect(samples()?.inEffect).not.toBeNull())
  said = []
  await endController(real.folder, 'SIGKILL')
  await until(() =>
    expect(everyone()).toMatchObject({ verdict: 'cannot-measure', why: 'gateway-unreachable' }),
  )
  await real.start('ingress-nginx')
  await until(() => expect(everyone()?.verdict).not.toBe('cannot-measure'))
  expect(said.filter(each => everyone(each)?.verdict === 'not-as-configured')).toEqual([])
})
