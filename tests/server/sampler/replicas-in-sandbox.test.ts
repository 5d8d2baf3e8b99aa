import { afterEach, expect, test, vi } from 'vitest'
import type { Release } from '@/lib/domain/model/release'
import { weightPatch } from '@/lib/domain/weight'
import { editRelease } from '@/lib/server/edit'
import { parseEnvironment } from '@/lib/server/env'
import { openConnection } from '@/lib/server/kubernetes/connection'
import { readKubeConfig } from '@/lib/server/kubernetes/contexts'
import { createRuntime, type Runtime } from '@/lib/server/runtime'
import { type Sandbox, startSandbox } from '@/sandbox/start'

vi.setConfig({ testTimeout: 90_000 })

const id = { cluster: 'demo', namespace: 'default', name: 'user-canary' }
let sandbox: Sandbox
let runtime: Runtime

async function begin(): Promise<void> {
  sandbox = await startSandbox({ world: 'board', syncDelayMs: 0, webhook: false, replicas: 3 })
  const source = {
    HALFTONE_GATEWAYS: sandbox.gatewayUrls.map(url => `nginx=${url}`).join(','),
    HALFTONE_DUE_MS: '500',
  }
  const [environment, config] = [parseEnvironment(source), readKubeConfig(sandbox.kubeconfig)]
  if (!environment.ok || !config.ok) throw new Error('the sandbox cannot be reached')
  const opened = openConnection({ config: config.value, context: 'halftone' })
  if (!opened.ok) throw new Error(opened.problem.title)
  const connections = [{ cluster: 'demo', context: 'halftone', connection: opened.value }]
  runtime = createRuntime({ environment: environment.value, connections })
  await vi.waitFor(() => expect(release().state).toBe('parked'), { timeout: 20_000 })
}

afterEach(async () => {
  await runtime.stop()
  await sandbox.stop()
})

const cluster = () => {
  const found = runtime.clusters.get('demo')
  if (!found) throw new Error('no cluster')
  return found
}
const release = () => {
  const found = cluster().get(id)
  if (!found.ok) throw new Error(found.problem.title)
  return found.value
}
const samples = () => runtime.samplers.read(id)
const until = (expectation: () => void) => vi.waitFor(expectation, { timeout: 80_000, interval: 200 })

test('three replicas of a controller: a parked canary reached through each, a change proven by each', async () => {
  await begin()
  runtime.samplers.watch(id)
  await until(() => expect(samples()?.reachable?.state).toBe('proven'))

  const decide = (facts: { release: Release }) => weightPatch(facts.release, { weight: 50 })
  expect((await editRelease({ cluster: cluster(), id, decide })).ok).toBe(true)
  await until(() => expect(samples()?.changes.at(-1)?.to).toBe(50))
  expect(samples()?.reachable).toBeNull()
  await until(() => expect(samples()?.inEffect).not.toBeNull())
  const replicas = samples()?.replicas ?? []
  expect(replicas.map(each => each.url)).toEqual(sandbox.gatewayUrls)
  for (const each of replicas) expect(Date.parse(each.inEffect ?? '')).not.toBeNaN()
})
