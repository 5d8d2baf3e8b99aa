import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import { allows, type Rule, rulesReport, type User, userNamed } from './access'
import { type Kind, kinds } from './kinds'
import type { Draft, Fields } from './object'
import { Refusal } from './refusal'

function statusOf(rules: readonly Rule[], spec: Fields): Fields {
  const asked = fieldsOf(spec.resourceAttributes)
  if (spec.resourceAttributes === undefined) return { allowed: rules.length > 0 }
  const subresource = textOf(asked.subresource)
  const resource = textOf(asked.resource) + (subresource && `/${subresource}`)
  const { verb, group, name } = asked
  return {
    allowed: allows(rules, { verb: textOf(verb), group: textOf(group), resource, name: textOf(name) }),
  }
}

/** Answers an access review from the same rules that guard every request. Errors: BadRequest. */
export function reviewed(kind: Kind, draft: Draft, asking: User): Fields {
  const spec = fieldsOf(draft.spec)
  const head = { kind: kind.kind, apiVersion: draft.apiVersion, metadata: { creationTimestamp: null }, spec }
  if (kind === kinds.selfSubjectRulesReview) return { ...head, status: rulesReport(asking) }
  if (kind === kinds.selfSubjectAccessReview) return { ...head, status: statusOf(asking.rules, spec) }
  const name = textOf(spec.user)
  const isMaster = itemsOf(spec.groups).includes('system:masters')
  if (name === '' && itemsOf(spec.groups).length === 0) {
    throw new Refusal('BadRequest', 'at least one of user or group must be specified')
  }
  const rules: readonly Rule[] = isMaster
    ? [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]
    : (userNamed(name)?.rules ?? [])
  return { ...head, status: statusOf(rules, spec) }
}
