import { fieldsOf } from '@/lib/domain/raw'
import type { Draft } from '../object'
import {
  type Check,
  labelFault,
  labelValueFault,
  qualifiedFault,
  serviceNameFault,
  subdomainFault,
} from './check'

const ANNOTATIONS_LIMIT_BYTES = 256 * 1024

/** Checks a name by the rules of its kind. Source: Kubernetes 1.34, apimachinery/pkg/api/validation/name.go. */
function checkName(check: Check, kind: string, name: string): void {
  const fault =
    kind === 'Namespace'
      ? labelFault(name)
      : kind === 'Service'
        ? serviceNameFault(name)
        : subdomainFault(name)
  if (name === '') check.required('metadata.name', 'name or generateName is required')
  else if (fault) check.invalid('metadata.name', name, fault)
}

/** Checks labels as metadata and pod templates carry them. */
export function checkLabels(check: Check, field: string, raw: unknown): void {
  for (const [key, value] of Object.entries(fieldsOf(raw))) {
    const fault = qualifiedFault(key) ?? labelValueFault(String(value))
    if (fault) check.invalid(field, qualifiedFault(key) ? key : value, fault)
  }
}

/** Checks name, labels and annotations of any object. */
export function checkMetadata(check: Check, { kind, metadata }: Draft): void {
  checkName(check, kind, metadata.name ?? '')
  checkLabels(check, 'metadata.labels', metadata.labels)
  let size = 0
  for (const [key, value] of Object.entries(metadata.annotations ?? {})) {
    size += key.length + value.length
    const fault = qualifiedFault(key.toLowerCase())
    if (fault) check.invalid('metadata.annotations', key, fault)
  }
  if (size > ANNOTATIONS_LIMIT_BYTES) {
    check.tooLong('metadata.annotations', 'may not be more than 262144 bytes')
  }
}
