import type { Kind } from '../kinds'
import type { Draft, KubeObject } from '../object'
import { invalid } from '../refusal'
import { checkAutoscaler, checkBudget } from './around-workload'
import { Check } from './check'
import { checkEndpointSlice } from './endpoint-slice'
import { checkIngress } from './ingress'
import { checkMetadata } from './metadata'
import { checkService } from './service'
import { checkPod, checkStatefulSet, checkWorkload } from './workload'

type Checker = (check: Check, draft: Draft, before: KubeObject | undefined) => void

const CHECKERS: Readonly<Record<string, Checker>> = {
  Pod: checkPod,
  Deployment: checkWorkload,
  ReplicaSet: checkWorkload,
  StatefulSet: checkStatefulSet,
  HorizontalPodAutoscaler: checkAutoscaler,
  PodDisruptionBudget: checkBudget,
  Service: checkService,
  Ingress: checkIngress,
  EndpointSlice: checkEndpointSlice,
}

/** Refuses an object that breaks the rules of its kind. Errors: Invalid, with every cause. */
export function validate(kind: Kind, draft: Draft, before: KubeObject | undefined): void {
  const check = new Check()
  checkMetadata(check, draft)
  CHECKERS[kind.kind]?.(check, draft, before)
  if (check.causes.length > 0) throw invalid(kind, draft.metadata.name ?? '', check.causes)
}
