import type { Manifest, StartRoute } from '@/lib/domain/model/start'
import { annotationKey } from '@/lib/domain/patch'
import { fail, ok, type Result } from '@/lib/domain/problem'
import { fieldsOf, itemsOf, textOf, textsOf } from '@/lib/domain/raw'
import { portOf } from '@/lib/domain/route'
import { cleanMetadata } from '@/lib/domain/start/clean'
import { ourLabels, startAnnotation } from '@/lib/domain/start/mark'

type Fields = Readonly<Record<string, unknown>>

const NGINX = 'nginx.ingress.kubernetes.io/'
const LEGACY_CLASS = 'kubernetes.io/ingress.class'
/** Settings of the ordinary Ingress that a canary has to repeat. Source: canary-semantics.md A.7. */
const REPEATED = [
  'load-balance',
  'upstream-hash-by',
  'upstream-hash-by-subset',
  'upstream-hash-by-subset-size',
]
/** Variables of nginx are welcome there, what ends a directive is not. */
const PLAIN = /^[^\p{Cc}{};#"'`<>\\]{1,256}$/u

const API = 'networking.k8s.io/v1'

/** The rule of the ordinary Ingress for exactly this route, with its Service replaced; null where there is none. */
function ruleOf(ordinary: unknown, route: StartRoute, service: string): Fields | null {
  const port = typeof route.port === 'number' ? { number: route.port } : { name: route.port }
  const backend = { service: { name: service, port } }
  const isSame = ({ path, pathType, backend: raw }: Fields) => {
    const { name, port: rawPort } = fieldsOf(fieldsOf(raw).service)
    const { number, name: portName } = fieldsOf(rawPort)
    return (
      (textOf(path) || '/') === route.path &&
      textOf(pathType) === route.pathType &&
      name === route.service &&
      portOf(typeof number === 'number' && number ? String(number) : textOf(portName)) === route.port
    )
  }
  for (const raw of itemsOf(fieldsOf(fieldsOf(ordinary).spec).rules)) {
    const { host, http } = fieldsOf(raw)
    const found = itemsOf(fieldsOf(http).paths).map(fieldsOf).find(isSame)
    if (textOf(host) !== route.host || !found) continue
    const { path, pathType } = found
    const literal = {
      ...(path !== undefined && { path }),
      ...(pathType !== undefined && { pathType }),
      backend,
    }
    return { ...(route.host !== '' && { host: route.host }), http: { paths: [literal] } }
  }
  const whole = fieldsOf(fieldsOf(fieldsOf(ordinary).spec).defaultBackend)
  if (!isSame({ path: '/', pathType: route.pathType, backend: whole }) || route.pathType !== 'Prefix')
    return null
  const root = { path: '/', pathType: 'Prefix', backend }
  return { ...(route.host !== '' && { host: route.host }), http: { paths: [root] } }
}

function repeatedAnnotations(
  annotations: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const kept = REPEATED.map(key => `${NGINX}${key}`).filter(key => PLAIN.test(annotations[key] ?? ''))
  return Object.fromEntries(kept.map(key => [key, annotations[key] ?? '']))
}

/** An ordinary Ingress without what the cluster and deploy tools have added. */
export const cleanIngress = (raw: unknown): Manifest => ({
  apiVersion: API,
  kind: 'Ingress',
  metadata: cleanMetadata(raw),
  spec: fieldsOf(fieldsOf(raw).spec),
})

/**
 * The canary Ingress of a route, parked: it takes part in exactly one path and sends nobody to the new version. It goes away with
 * the ordinary Ingress.
 *
 * Errors: `not-found` where the ordinary Ingress does not have this route any more.
 * Source: canary-semantics.md F, safe recipe for the canary Ingress.
 */
export function canaryIngress(
  ordinary: unknown,
  route: StartRoute,
  { name, service }: { name: string; service: string },
): Result<Manifest> {
  const metadata = fieldsOf(fieldsOf(ordinary).metadata)
  const annotations = textsOf(metadata.annotations)
  const { ingressClassName } = fieldsOf(fieldsOf(ordinary).spec)
  const legacy = ingressClassName === undefined ? annotations[LEGACY_CLASS] : undefined
  const rule = ruleOf(ordinary, route, service)
  const uid = textOf(metadata.uid)
  if (!rule || uid === '') {
    const title = `Ingress ${route.ingress} does not have ${route.host}${route.path} for Service ${route.service} any more`
    return fail('not-found', title, { params: { ingress: route.ingress } })
  }
  return ok({
    apiVersion: API,
    kind: 'Ingress',
    metadata: {
      name,
      namespace: route.namespace,
      labels: ourLabels(name),
      annotations: {
        [annotationKey.canary]: 'true',
        [annotationKey.weight]: '0',
        ...(legacy !== undefined && { [LEGACY_CLASS]: legacy }),
        ...repeatedAnnotations(annotations),
        [startAnnotation.stable]: `${route.namespace}/${route.ingress}/${uid}`,
      },
      ownerReferences: [{ apiVersion: API, kind: 'Ingress', name: route.ingress, uid }],
    },
    spec: { ...(textOf(ingressClassName) !== '' && { ingressClassName }), rules: [rule] },
  })
}
