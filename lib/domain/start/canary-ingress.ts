import type { Manifest, StartRoute } from '@/lib/domain/model/start'
import { annotationKey } from '@/lib/domain/patch'
import { fail, ok, type Result } from '@/lib/domain/problem'
import { textOf, textsOf } from '@/lib/domain/raw'
import { cleanMetadata } from '@/lib/domain/start/clean'
import { canaryRule } from '@/lib/domain/start/literal-path'
import { ourLabels, startAnnotation } from '@/lib/domain/start/mark'
import { metadataOf, specOf } from '@/lib/domain/start/parts'

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
  spec: specOf(raw),
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
  const metadata = metadataOf(ordinary)
  const annotations = textsOf(metadata.annotations)
  const { ingressClassName } = specOf(ordinary)
  const legacy = ingressClassName === undefined ? annotations[LEGACY_CLASS] : undefined
  const rule = canaryRule(ordinary, route, service)
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
