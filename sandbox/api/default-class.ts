import { fieldsOf } from '@/lib/domain/raw'
import { type Kind, kinds } from './kinds'
import type { Draft } from './object'
import type { Store } from './store'

const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class'
const OLD_CLASS = 'kubernetes.io/ingress.class'

/** Gives a new Ingress without a class the default class, as the API server does. Source: Kubernetes, DefaultIngressClass. */
export function withDefaultClass(store: Store, kind: Kind, draft: Draft): Draft {
  if (kind !== kinds.ingress || draft.metadata.annotations?.[OLD_CLASS] !== undefined) return draft
  const spec = fieldsOf(draft.spec)
  if (spec.ingressClassName !== undefined) return draft
  const [newest] = store
    .list(kinds.ingressClass)
    .filter(each => each.metadata.annotations?.[DEFAULT_CLASS] === 'true')
    .sort((a, b) => b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp))
  return newest ? { ...draft, spec: { ...spec, ingressClassName: newest.metadata.name } } : draft
}
