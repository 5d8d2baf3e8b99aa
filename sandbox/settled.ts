import { setTimeout as sleep } from 'node:timers/promises'
import { fieldsOf, wholeOf } from '@/lib/domain/raw'
import { kinds } from './api/kinds'
import type { KubeObject } from './api/object'
import type { Store } from './api/store'

const LOOK_MS = 20

const hasStarted = ({ metadata, spec, status }: KubeObject): boolean => {
  const { observedGeneration, updatedReplicas } = fieldsOf(status)
  return (
    wholeOf(observedGeneration) === metadata.generation &&
    wholeOf(updatedReplicas) === wholeOf(fieldsOf(spec).replicas)
  )
}

const runs = ({ status }: KubeObject): boolean => fieldsOf(status).phase === 'Running'

/** Whether all pods that Deployments and StatefulSets ask for exist and run; ready or not. */
const isSettled = (store: Store): boolean =>
  [...store.list(kinds.deployment), ...store.list(kinds.statefulSet)].every(hasStarted) &&
  store.list(kinds.pod).every(runs)

/** Waits until a world has come to rest, or `limitMs` is over: a world may hold pods that never start. */
export async function settled(store: Store, limitMs: number): Promise<void> {
  await until(() => isSettled(store), limitMs)
}

/** Waits until something holds, or `limitMs` is over. */
export async function until(holds: () => boolean, limitMs: number): Promise<void> {
  const lookTimes = Math.ceil(limitMs / LOOK_MS)
  for (let i = 0; i < lookTimes && !holds(); i++) await sleep(LOOK_MS)
}
