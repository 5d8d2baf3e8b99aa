import { admit } from '@/lib/domain/admission'
import { parseIngress } from '@/lib/domain/ingress'
import { classReader } from '@/lib/domain/ingress-class'
import { parseIngressClass } from '@/lib/domain/workload'
import { kinds } from './kinds'
import { Refusal } from './refusal'
import type { Store } from './store'
import type { Admission } from './writer'

/** ingress-nginx's webhook: keeps out an Ingress that claims what another has. Errors: throws BadRequest. */
export const ingressWebhook =
  (store: Store): Admission =>
  (kind, draft) => {
    if (kind !== kinds.ingress) return
    const classOf = classReader(store.list(kinds.ingressClass).map(parseIngressClass))
    const incoming = parseIngress(draft)
    if (classOf(incoming) === null) return
    const others = store.list(kinds.ingress).map(parseIngress)
    const verdict = admit(
      incoming,
      others.filter(each => classOf(each) === classOf(incoming)),
    )
    if (verdict.allowed) return
    const name = 'validate.nginx.ingress.kubernetes.io'
    throw new Refusal('BadRequest', `admission webhook "${name}" denied the request: ${verdict.message}`)
  }
