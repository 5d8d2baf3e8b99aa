import { admit } from '@/lib/domain/admission'
import { parseIngress } from '@/lib/domain/ingress'
import { classReader } from '@/lib/domain/ingress-class'
import { parseIngressClass } from '@/lib/domain/workload'
import { kinds } from './kinds'
import { Refusal } from './refusal'
import type { Store } from './store'
import type { Admission } from './writer'

const NAME = 'validate.nginx.ingress.kubernetes.io'
const URL =
  'https://ingress-nginx-controller-admission.ingress-nginx.svc:443/networking/v1/ingresses?timeout=10s'

function crashed(): Refusal {
  const message = `failed calling webhook "${NAME}": failed to call webhook: Post "${URL}": EOF`
  return new Refusal('InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] })
}

/** ingress-nginx's webhook: keeps out an Ingress that claims what another has. Errors: throws BadRequest; InternalError where the real one crashes. */
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
    if (verdict.message.startsWith('the webhook crashed')) throw crashed()
    throw new Refusal('BadRequest', `admission webhook "${NAME}" denied the request: ${verdict.message}`)
  }
