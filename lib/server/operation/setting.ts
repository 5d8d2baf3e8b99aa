import 'server-only'
import type { StepEnd } from '@/lib/domain/operation/steps'
import { type Failure, fail } from '@/lib/domain/problem'
import type { Cluster } from '@/lib/server/cluster'
import type { Far } from '@/lib/server/operation/far'
import type { StepContext } from '@/lib/server/operation/task'
import type { OperationTimes } from '@/lib/server/operation/times'
import type { Samplers } from '@/lib/server/sampler/sampler'

/** What the steps of operations work with. Units: `dueMs` is how long a controller may take to apply a change. */
export type Setting = { cluster: Cluster; samplers: Samplers; times: OperationTimes; dueMs: number }

type Holder = { samplers: Samplers; operationTimes: OperationTimes; environment: { HALFTONE_DUE_MS: number } }

/** What operations on one cluster work with, in this process. */
export const settingOf = (
  { samplers, operationTimes: times, environment }: Holder,
  cluster: Cluster,
): Setting => ({ cluster, samplers, times, dueMs: environment.HALFTONE_DUE_MS })

/** The API server, for one step. */
export const farOf = ({ cluster, times }: Setting, { note, signal }: StepContext): Far => ({
  connection: cluster.connection,
  signal,
  note,
  askMs: times.askMs,
  patienceMs: times.patienceMs,
})

/** How a step waits for what the watch shows. */
export const watchOf = (
  { cluster, times: { lookMs } }: Setting,
  { signal }: StepContext,
  limitMs: number,
) => ({
  isLive: () => cluster.state().state === 'live',
  limitMs,
  lookMs,
  signal,
})

/** A step that failed with this problem. */
export const failed = ({ problem }: Failure): StepEnd => ({ type: 'failed', problem })

/** What an operation works on was deleted by somebody else. */
export const deleted = (kind: string, { namespace, name }: { namespace: string; name: string }): StepEnd =>
  failed(
    fail('not-found', `The ${kind} ${namespace}/${name} is not there any more`, { params: { kind, name } }),
  )
