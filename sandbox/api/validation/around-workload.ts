import { fieldsOf, textOf, wholeOf } from '@/lib/domain/raw'
import type { Draft } from '../object'
import type { Check } from './check'
import { checkLabels } from './metadata'

/** Checks a HorizontalPodAutoscaler. Source: Kubernetes 1.34, pkg/apis/autoscaling/validation/validation.go. */
export function checkAutoscaler(check: Check, { spec }: Draft): void {
  const { minReplicas, maxReplicas, scaleTargetRef } = fieldsOf(spec)
  const [fewest, most] = [wholeOf(minReplicas, 1), wholeOf(maxReplicas)]
  if (fewest < 1) check.invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1')
  if (most < 1) check.invalid('spec.maxReplicas', maxReplicas ?? 0, 'must be greater than 0')
  if (most < fewest)
    check.invalid('spec.maxReplicas', maxReplicas ?? 0, 'must be greater than or equal to `minReplicas`')
  for (const part of ['kind', 'name'])
    if (textOf(fieldsOf(scaleTargetRef)[part]) === '') check.required(`spec.scaleTargetRef.${part}`)
}

/** Checks a PodDisruptionBudget. Source: Kubernetes 1.34, pkg/apis/policy/validation/validation.go. */
export function checkBudget(check: Check, { spec }: Draft): void {
  const { minAvailable, maxUnavailable, selector } = fieldsOf(spec)
  if (minAvailable !== undefined && maxUnavailable !== undefined)
    check.invalid('spec', spec, 'minAvailable and maxUnavailable cannot be both set')
  checkLabels(check, 'spec.selector.matchLabels', fieldsOf(selector).matchLabels)
}
