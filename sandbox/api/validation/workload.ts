import { isDeepStrictEqual } from 'node:util'
import { fieldsOf, itemsOf, textOf, textsOf } from '@/lib/domain/raw'
import type { Draft, Fields, KubeObject } from '../object'
import { workloadSelector } from '../selector'
import type { Check } from './check'
import { checkLabels } from './metadata'
import { labelFaults } from './names'
import { checkPort } from './port'

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never']
const STRATEGIES = ['Recreate', 'RollingUpdate']
const NOT_NEGATIVE = 'must be greater than or equal to 0'
const PERCENT =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"

const isCount = (raw: unknown) => typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= 0

function checkContainers(check: Check, field: string, raw: unknown): void {
  const containers = itemsOf(raw).map(fieldsOf)
  if (containers.length === 0) check.required(field)
  const names = new Set<string>()
  containers.forEach((container, i) => {
    const at = `${field}[${i}]`
    const name = textOf(container.name)
    const image = textOf(container.image)
    if (name === '') check.required(`${at}.name`)
    else check.named(`${at}.name`, name, labelFaults)
    if (names.has(name)) check.duplicate(`${at}.name`, name)
    names.add(name)
    if (image === '') check.required(`${at}.image`)
    const policy = textOf(container.imagePullPolicy)
    if (!PULL_POLICIES.includes(policy)) check.unsupported(`${at}.imagePullPolicy`, policy, PULL_POLICIES)
    itemsOf(container.env).forEach((variable, j) => {
      checkVariable(check, `${at}.env[${j}].name`, textOf(fieldsOf(variable).name))
    })
    for (const [j, port] of itemsOf(container.ports).entries()) {
      const { containerPort = 0 } = fieldsOf(port)
      if (containerPort === 0) check.required(`${at}.ports[${j}].containerPort`)
      else checkPort(check, `${at}.ports[${j}].containerPort`, containerPort)
    }
  })
}

function checkVariable(check: Check, field: string, name: string): void {
  const why =
    "a valid environment variable name must consist only of printable ASCII characters other than '='"
  if (name === '') check.required(field)
  else if (!/^[ -<>-~]+$/.test(name)) check.invalid(field, name, why)
}

/** Checks a Pod: its containers. */
export function checkPod(check: Check, draft: Draft, before: KubeObject | undefined): void {
  const spec = fieldsOf(draft.spec)
  checkContainers(check, 'spec.containers', spec.containers)
  const images = (raw: unknown) =>
    itemsOf(fieldsOf(raw).containers).map(each => ({ ...fieldsOf(each), image: '' }))
  if (before && !isDeepStrictEqual(images(spec), images(before.spec))) {
    check.forbidden('spec', 'pod updates may not change fields other than `spec.containers[*].image`')
  }
}

/** Checks a Deployment or ReplicaSet. Source: Kubernetes 1.34, pkg/apis/apps/validation/validation.go. */
export function checkWorkload(check: Check, draft: Draft, before: KubeObject | undefined): void {
  const spec = fieldsOf(draft.spec)
  const template = fieldsOf(spec.template)
  const labels = fieldsOf(template.metadata).labels
  if (!isCount(spec.replicas)) check.invalid('spec.replicas', spec.replicas, NOT_NEGATIVE)
  if (spec.minReadySeconds !== undefined && !isCount(spec.minReadySeconds)) {
    check.invalid('spec.minReadySeconds', spec.minReadySeconds, NOT_NEGATIVE)
  }
  const selector = fieldsOf(spec.selector)
  const isEmpty =
    Object.keys(fieldsOf(selector.matchLabels)).length + itemsOf(selector.matchExpressions).length === 0
  if (spec.selector === undefined) check.required('spec.selector')
  else if (isEmpty)
    check.invalid('spec.selector', selector, `empty selector is invalid for ${draft.kind.toLowerCase()}`)
  checkLabels(check, 'spec.selector.matchLabels', selector.matchLabels)
  if (spec.selector === undefined || (!isEmpty && !workloadSelector(selector)(textsOf(labels)))) {
    const why = '`selector` does not match template `labels`'
    check.invalid('spec.template.metadata.labels', labels, why)
  }
  checkLabels(check, 'spec.template.labels', labels)
  checkContainers(check, 'spec.template.spec.containers', fieldsOf(template.spec).containers)
  if (spec.strategy !== undefined) checkStrategy(check, fieldsOf(spec.strategy))
  if (before && !isDeepStrictEqual(spec.selector, fieldsOf(before.spec).selector)) {
    check.invalid('spec.selector', selector, 'field is immutable')
  }
}

const CHANGEABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
]
const LAST_CHANGEABLE = 'minReadySeconds'

/** Checks a StatefulSet. Source: Kubernetes 1.34, pkg/apis/apps/validation/validation.go ValidateStatefulSetUpdate. */
export function checkStatefulSet(check: Check, draft: Draft, before: KubeObject | undefined): void {
  checkWorkload(check, draft, undefined)
  const fixed = ({ spec }: Draft) =>
    Object.entries(fieldsOf(spec)).filter(([key]) => ![...CHANGEABLE, LAST_CHANGEABLE].includes(key))
  if (!before || isDeepStrictEqual(new Map(fixed(draft)), new Map(fixed(before)))) return
  const but = `${CHANGEABLE.map(each => `'${each}'`).join(', ')} and '${LAST_CHANGEABLE}'`
  check.forbidden('spec', `updates to statefulset spec for fields other than ${but} are forbidden`)
}

function checkStrategy(check: Check, { type, rollingUpdate }: Fields): void {
  const at = 'spec.strategy.rollingUpdate'
  if (!STRATEGIES.includes(textOf(type))) {
    check.unsupported('spec.strategy', { Type: type, RollingUpdate: null }, STRATEGIES)
  }
  if (type === 'Recreate' && rollingUpdate !== undefined)
    check.forbidden(at, "may not be specified when strategy `type` is 'Recreate'")
  if (type !== 'RollingUpdate') return
  const { maxSurge, maxUnavailable } = fieldsOf(rollingUpdate)
  for (const [name, share] of Object.entries({ maxUnavailable, maxSurge })) {
    if (typeof share === 'string' && !/^[0-9]+%$/.test(share)) check.invalid(`${at}.${name}`, share, PERCENT)
    else if (typeof share !== 'string' && !isCount(share)) check.invalid(`${at}.${name}`, share, NOT_NEGATIVE)
  }
  const isNone = (share: unknown) => share === 0 || /^0+%$/.test(textOf(share))
  if (isNone(maxSurge) && isNone(maxUnavailable))
    check.invalid(`${at}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0')
}
