import { expect, onTestFinished, vi } from 'vitest'
import type { Accepted, Frame } from '@/lib/contract'
import type { Operation, StepName } from '@/lib/domain/model/operation'
import type { ReleaseId } from '@/lib/domain/model/release'
import type { HalfStarted } from '@/lib/domain/model/start'
import type { Result } from '@/lib/domain/problem'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import type { StartChoice } from '@/lib/domain/start/choice'
import { parseEnvironment } from '@/lib/server/env'
import { openConnection } from '@/lib/server/kubernetes/connection'
import { readKubeConfig } from '@/lib/server/kubernetes/contexts'
import { setImage } from '@/lib/server/operation/build'
import { removeStart } from '@/lib/server/operation/removal'
import { continueStart } from '@/lib/server/operation/resume'
import { settingOf } from '@/lib/server/operation/setting'
import { startRelease } from '@/lib/server/operation/start'
import type { OperationTimes } from '@/lib/server/operation/times'
import { createRuntime, type Runtime } from '@/lib/server/runtime'
import { type Sandbox, startSandbox } from '@/sandbox/start'
import { connectionTo } from '../cluster/stage'

vi.setConfig({ testTimeout: 90_000 })

export const USER: ReleaseId = { cluster: 'demo', namespace: 'default', name: 'user-canary' }
export const CHOICE: StartChoice = {
  namespace: 'default',
  ingress: 'nginx-ingress',
  host: '',
  path: '/user',
  image: 'nginx:user-v2',
}
export const INGRESSES = '/apis/networking.k8s.io/v1/namespaces/default/ingresses'
export const SERVICES = '/api/v1/namespaces/default/services'
export const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments'

/** Long enough under load, short enough to fail in time. Units: milliseconds. */
const TIMES: Partial<OperationTimes> = {
  hopelessMs: 1_500,
  reachableMs: 20_000,
  blindMs: 3_000,
  lookMs: 20,
  askMs: 2_000,
  goneMs: 2_000,
}

/** One process of Halftone over the sandbox. */
export type Server = {
  runtime: Runtime
  /** The frames published last, by key; null where the last said that it is gone. */
  frames: Map<string, Frame['value']>
  start(choice?: Partial<StartChoice>): Promise<Result<Accepted>>
  resume(id?: ReleaseId): Promise<Result<Accepted>>
  remove(id?: ReleaseId): Result<Accepted>
  image(image: string, resourceVersion?: string): Result<Accepted>
  operation(accepted: Result<Accepted>): Operation
  halfStarted(name?: string): HalfStarted | null
  /** Resolves once the operation has ended. */
  ended(accepted: Result<Accepted>): Promise<Operation>
  stop(): Promise<void>
}

/** A sandbox and a Halftone that works on it. */
export type World = Server & {
  sandbox: Sandbox
  /** Another process over the same cluster. */
  again(): Promise<Server>
  kubectl(method: string, path: string, body?: unknown): Promise<unknown>
  fault(body: unknown): Promise<void>
  /** Identity of every object that a start of ours has made, by kind and name. */
  made(): Promise<Record<string, string>>
}

type WorldOptions = {
  times?: Partial<OperationTimes>
  /** Without it no canary is asked whether it can be reached, which takes seconds. */
  isSampled?: boolean
  /** How long a controller may take. Units: milliseconds. */
  dueMs?: number
}

export async function world({
  times = {},
  isSampled = true,
  dueMs = 300,
}: WorldOptions = {}): Promise<World> {
  const sandbox = await startSandbox({ world: 'default', syncDelayMs: 0, bookmarkMs: 200 })
  onTestFinished(() => sandbox.stop())
  const admin = connectionTo(sandbox, sandbox.tokens.admin)
  onTestFinished(() => admin.close())
  const kubectl = async (method: string, path: string, body?: unknown) => {
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    const answer = await admin.request(method, path, body === undefined ? {} : { body, contentType })
    if (!answer.ok) throw new Error(answer.problem.title)
    return JSON.parse(answer.value.text) as unknown
  }
  const again = () => serverOver(sandbox, { times: { ...TIMES, ...times }, isSampled, dueMs })
  return {
    ...(await again()),
    sandbox,
    again,
    kubectl,
    async fault(body) {
      const answer = await fetch(`${sandbox.adminUrl}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(await answer.text())
    },
    async made() {
      const found: Record<string, string> = {}
      for (const path of [DEPLOYMENTS, SERVICES, INGRESSES]) {
        const list = await kubectl('GET', `${path}?labelSelector=halftone.dev%2Frelease`)
        for (const item of itemsOf(fieldsOf(list).items)) {
          const { name, uid } = fieldsOf(fieldsOf(item).metadata)
          found[`${path.split('/').at(-1)} ${textOf(name)}`] = textOf(uid)
        }
      }
      return found
    },
  }
}

async function serverOver(sandbox: Sandbox, options: Required<WorldOptions>): Promise<Server> {
  const runtime = runtimeOver(sandbox, options)
  const frames = new Map<string, Frame['value']>()
  for (const topic of ['operation', 'half-started']) {
    runtime.hub.subscribe(topic, ({ bytes }) => {
      const frame = JSON.parse(new TextDecoder().decode(bytes).slice('data: '.length)) as Frame
      frames.set(frame.key, frame.value)
    })
  }
  let isStopped = false
  const stop = async () => {
    if (!isStopped) await runtime.stop()
    isStopped = true
  }
  onTestFinished(stop)
  const cluster = runtime.clusters.get('demo')
  if (!cluster) throw new Error('there is no cluster')
  await vi.waitFor(() => expect(cluster.state().state).toBe('live'), { timeout: 20_000, interval: 10 })
  const { operations } = runtime
  const setting = settingOf(runtime, cluster)
  const operation = (accepted: Result<Accepted>) => {
    if (!accepted.ok) throw new Error(JSON.stringify(accepted.problem))
    const found = operations.find('demo', accepted.value.operation)
    if (!found.ok) throw new Error(found.problem.title)
    return found.value
  }
  return {
    runtime,
    frames,
    start: (choice = {}) => startRelease(setting, operations, { ...CHOICE, ...choice }),
    resume: (id = USER) => continueStart({ setting, operations, id }),
    remove: (id = USER) => removeStart(setting, operations, id),
    image(image, resourceVersion) {
      const release = cluster.get(USER)
      const version = resourceVersion ?? (release.ok ? release.value.resourceVersion : '')
      return setImage(setting, operations, { id: USER, body: { image, resourceVersion: version } })
    },
    operation,
    halfStarted: (wanted = USER.name) =>
      (frames.get(`half-started/demo/default/${wanted}`) ?? null) as HalfStarted | null,
    async ended(accepted) {
      const isOver = () => expect(operation(accepted).state).not.toBe('running')
      await vi.waitFor(isOver, { timeout: 60_000, interval: 20 })
      return operation(accepted)
    },
    stop,
  }
}

function runtimeOver(
  { kubeconfig, gatewayUrl }: Sandbox,
  { times, isSampled, dueMs }: Required<WorldOptions>,
): Runtime {
  const environment = parseEnvironment({
    HALFTONE_DUE_MS: String(dueMs),
    HALFTONE_GATEWAYS: `nginx=${gatewayUrl}`,
    HALFTONE_SAMPLING: isSampled ? 'on' : 'off',
  })
  const config = readKubeConfig(kubeconfig)
  if (!environment.ok || !config.ok) throw new Error('no environment')
  const opened = openConnection({ config: config.value, context: 'halftone' })
  if (!opened.ok) throw new Error(opened.problem.title)
  const connections = [{ cluster: 'demo', context: 'halftone', connection: opened.value }]
  return createRuntime({ environment: environment.value, connections, times })
}

/** The state of each step, for reading in one line. */
export const stepsOf = ({ steps }: Operation): string[] => steps.map(({ step, state }) => `${step} ${state}`)

/** One step of an operation. */
export const stepOf = ({ steps }: Operation, name: StepName) => steps.find(({ step }) => step === name)
