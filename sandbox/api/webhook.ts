import { admit } from '@/lib/domain/admission'
import { parseIngress } from '@/lib/domain/ingress'
import { fieldsOf } from '@/lib/domain/raw'
import { kinds } from './kinds'
import type { Draft } from './object'
import { Refusal } from './refusal'
import type { Store } from './store'
import type { Admission } from './writer'

const CLASS = 'nginx'
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class'

/** Whether an Ingress is the controller's: by class, by the old annotation, or by being of no class at all. */
const isOurs = ({ spec, metadata }: Draft): boolean =>
  (fieldsOf(spec).ingressClassName ?? metadata.annotations?.[CLASS_ANNOTATION] ?? CLASS) === CLASS

/** ingress-nginx's webhook: keeps out an Ingress that claims what another has. Errors: throws BadRequest. */
export const ingressWebhook =
  (store: Store): Admission =>
  (kind, draft) => {
    if (kind !== kinds.ingress || !isOurs(draft)) return
    const others = store.list(kinds.ingress).filter(isOurs).map(parseIngress)
    const verdict = admit(parseIngress(draft), others)
    if (verdict.allowed) return
    const name = 'validate.nginx.ingress.kubernetes.io'
    throw new Refusal('BadRequest', `admission webhook "${name}" denied the request: ${verdict.message}`)
  }
