import { fieldsOf } from '@/lib/domain/raw'
import type { Draft } from '../object'
import type { Check } from './check'
import {
  labelFaults,
  labelValueFaults,
  type NameRule,
  qualifiedFaults,
  serviceNameFaults,
  subdomainFaults,
} from './names'

const ANNOTATIONS_LIMIT_BYTES = 256 * 1024
const RULES: Readonly<Record<string, NameRule>> = { Namespace: labelFaults, Service: serviceNameFaults }
const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion']

/** Checks a name by the rules of its kind. Source: Kubernetes 1.34, apimachinery/pkg/api/validation/objectmeta.go. */
function checkName(check: Check, { kind, metadata }: Draft): void {
  const { name = '', generateName } = metadata
  const rule = RULES[kind] ?? subdomainFaults
  if (typeof generateName === 'string' && generateName !== '') {
    for (const fault of rule(generateName.replace(/.-$/, 'a'))) {
      check.invalid('metadata.generateName', generateName, fault)
    }
  }
  if (name === '') check.required('metadata.name', 'name or generateName is required')
  else check.named('metadata.name', name, rule)
}

/** Checks labels as metadata and pod templates carry them. */
export function checkLabels(check: Check, field: string, raw: unknown): void {
  for (const [key, value] of Object.entries(fieldsOf(raw))) {
    check.named(field, key, qualifiedFaults)
    check.named(field, String(value), labelValueFaults)
  }
}

function checkAnnotations(check: Check, annotations: Readonly<Record<string, string>>): void {
  let size = 0
  for (const [key, value] of Object.entries(annotations)) {
    size += Buffer.byteLength(key) + Buffer.byteLength(value)
    for (const fault of qualifiedFaults(key.toLowerCase())) check.invalid('metadata.annotations', key, fault)
  }
  if (size > ANNOTATIONS_LIMIT_BYTES) {
    check.tooLong('metadata.annotations', 'may not be more than 262144 bytes')
  }
}

/** Checks name, labels, annotations and finalizers of any object. */
export function checkMetadata(check: Check, draft: Draft): void {
  const { labels, annotations = {}, finalizers = [] } = draft.metadata
  checkName(check, draft)
  checkLabels(check, 'metadata.labels', labels)
  checkAnnotations(check, annotations)
  for (const finalizer of finalizers) check.named('metadata.finalizers', finalizer, qualifiedFaults)
  finalizers.forEach((finalizer, i) => {
    if (finalizer.includes('/') || STANDARD_FINALIZERS.includes(finalizer)) return
    const why = 'name is neither a standard finalizer name nor is it fully qualified'
    check.invalid(`metadata.finalizers[${i}]`, finalizer, why)
  })
}
