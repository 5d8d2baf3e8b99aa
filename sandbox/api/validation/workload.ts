import { isDeepStrictEqual } from 'node:util'
import { fieldsOf, itemsOf, textOf, textsOf } from '@/lib/domain/raw'
import type { Draft, KubeObject } from '../object'
import { workloadSelector } from '../selector'
import { type Check, labelFault } from './check'
import { checkLabels } from './metadata'

const isCount = (raw: unknown) => typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= 0

function checkContainers(check: Check, field: string, raw: unknown): void {
  const containers = itemsOf(raw).map(fieldsOf)
  if (containers.length === 0) check.required(field)
  const names = new Set<string>()
  containers.forEach((container, i) => {
    const at = `${field}[${i}]`
    const name = textOf(container.name)
    const image = textOf(container.image)
    const fault = labelFault(name)
    if (name === '') check.required(`${at}.name`)
    else if (fault) check.invalid(`${at}.name`, name, fault)
    if (names.has(name)) check.duplicate(`${at}.name`, name)
    names.add(name)
    if (image === '') check.required(`${at}.image`)
    else if (image !== image.trim())
      check.invalid(`${at}.image`, image, 'must not have leading or trailing whitespace')
    itemsOf(container.env).forEach((variable, j) => {
      if (textOf(fieldsOf(variable).name) === '') check.required(`${at}.env[${j}].name`)
    })
    for (const [j, port] of itemsOf(container.ports).entries()) {
      checkPort(check, `${at}.ports[${j}].containerPort`, fieldsOf(port).containerPort)
    }
  })
}

/** Checks a port number. */
export function checkPort(check: Check, field: string, port: unknown): void {
  if (isCount(port) && Number(port) >= 1 && Number(port) <= 65_535) return
  check.invalid(field, port, 'must be between 1 and 65535, inclusive')
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
  if (!isCount(spec.replicas))
    check.invalid('spec.replicas', spec.replicas, 'must be greater than or equal to 0')
  if (spec.minReadySeconds !== undefined && !isCount(spec.minReadySeconds)) {
    check.invalid('spec.minReadySeconds', spec.minReadySeconds, 'must be greater than or equal to 0')
  }
  const selector = fieldsOf(spec.selector)
  const isEmpty =
    Object.keys(fieldsOf(selector.matchLabels)).length + itemsOf(selector.matchExpressions).length === 0
  if (spec.selector === undefined) check.required('spec.selector')
  else if (isEmpty)
    check.invalid('spec.selector', selector, `empty selector is invalid for ${draft.kind.toLowerCase()}`)
  else if (!workloadSelector(selector)(textsOf(labels))) {
    check.invalid(
      'spec.template.metadata.labels',
      labels ?? {},
      '`selector` does not match template `labels`',
    )
  }
  checkLabels(check, 'spec.template.labels', labels)
  checkContainers(check, 'spec.template.spec.containers', fieldsOf(template.spec).containers)
  if (before && !isDeepStrictEqual(spec.selector, fieldsOf(before.spec).selector)) {
    check.invalid('spec.selector', selector, 'field is immutable')
  }
}
