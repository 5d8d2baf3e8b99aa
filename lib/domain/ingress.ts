import { epochMsOf } from '@/lib/domain/iso'
import type { Ingress, IngressPath, IngressRule, PathType, ServicePort } from '@/lib/domain/model/ingress'
import { fieldsOf, itemsOf, textOf, textsOf } from '@/lib/domain/raw'

const LEGACY_CLASS = 'kubernetes.io/ingress.class'
const KEPT_PREFIXES = ['nginx.ingress.kubernetes.io/', 'halftone.dev/', 'argocd.argoproj.io/tracking-id']
const MANAGER_LABELS = [
  'app.kubernetes.io/managed-by',
  'argocd.argoproj.io/instance',
  'kustomize.toolkit.fluxcd.io/name',
  'helm.toolkit.fluxcd.io/name',
]

/**
 * An Ingress as the cluster sends it, projected to what the canary domain reads.
 *
 * Errors: none; odd or missing fields read as empty, as the controller's own decoding would leave them.
 */
export function parseIngress(raw: unknown): Ingress {
  const { metadata: rawMetadata, spec: rawSpec, status } = fieldsOf(raw)
  const metadata = fieldsOf(rawMetadata)
  const spec = fieldsOf(rawSpec)
  const annotations = annotationsOf(metadata.annotations)
  return {
    namespace: textOf(metadata.namespace),
    name: textOf(metadata.name),
    uid: textOf(metadata.uid),
    resourceVersion: textOf(metadata.resourceVersion),
    createdAtMs: epochMsOf(textOf(metadata.creationTimestamp)),
    className: textOf(spec.ingressClassName) || annotations[LEGACY_CLASS] || null,
    annotations,
    labels: labelsOf(metadata.labels),
    owners: itemsOf(metadata.ownerReferences).map(ownerOf),
    rules: itemsOf(spec.rules).map(ruleOf),
    defaultBackend: servicePortOf(spec.defaultBackend),
    tlsHosts: itemsOf(spec.tls).flatMap(tls => itemsOf(fieldsOf(tls).hosts).map(textOf)),
    addresses: itemsOf(fieldsOf(fieldsOf(status).loadBalancer).ingress)
      .map(addressOf)
      .filter(Boolean),
    changed: changedOf(metadata.managedFields),
  }
}

function annotationsOf(raw: unknown): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {}
  for (const [key, text] of Object.entries(textsOf(raw))) {
    if (key === LEGACY_CLASS || KEPT_PREFIXES.some(prefix => key.startsWith(prefix))) kept[key] = text
  }
  return kept
}

function labelsOf(raw: unknown): Readonly<Record<string, string>> {
  const fields = fieldsOf(raw)
  const kept: Record<string, string> = {}
  for (const key of MANAGER_LABELS) {
    const text = textOf(fields[key])
    if (text) kept[key] = text
  }
  return kept
}

function ownerOf(raw: unknown) {
  const { apiVersion, kind, name } = fieldsOf(raw)
  return { apiVersion: textOf(apiVersion), kind: textOf(kind), name: textOf(name) }
}

function addressOf(raw: unknown): string {
  const { ip, hostname } = fieldsOf(raw)
  return textOf(ip) || textOf(hostname)
}

const isFields = (raw: unknown) => typeof raw === 'object' && raw !== null

function ruleOf(raw: unknown): IngressRule {
  const { host, http } = fieldsOf(raw)
  return { host: textOf(host), paths: isFields(http) ? itemsOf(fieldsOf(http).paths).map(pathOf) : null }
}

function pathOf(raw: unknown): IngressPath {
  const { path, pathType, backend } = fieldsOf(raw)
  return { path: textOf(path), pathType: pathTypeOf(pathType), backend: servicePortOf(backend) }
}

function pathTypeOf(raw: unknown): PathType {
  return raw === 'Exact' || raw === 'Prefix' || raw === 'ImplementationSpecific' ? raw : ''
}

/** The Service of a backend; the port's number goes before its name, as the controller reads it. */
function servicePortOf(raw: unknown): ServicePort | null {
  const service = fieldsOf(raw).service
  if (!isFields(service)) return null
  const { name, port } = fieldsOf(service)
  const { number, name: portName } = fieldsOf(port)
  return {
    service: textOf(name),
    port: typeof number === 'number' && number ? `${number}` : textOf(portName),
  }
}

/** kubectl's commands by the words a person types; anybody else by the name they gave. Source: kubectl 1.35, field managers. */
const writerOf = (manager: string): string =>
  manager.replace(/^kubectl-(client-side-)?([a-z]+)$/, (_all, _way, command) => `kubectl ${command}`)

/** The newest writer of annotations; who writes only the status does not count. */
function changedOf(raw: unknown): Ingress['changed'] {
  let changed: Ingress['changed'] = null
  for (const item of itemsOf(raw)) {
    const { manager, time, subresource, fieldsV1 } = fieldsOf(item)
    const at = textOf(time)
    const writes = 'f:annotations' in fieldsOf(fieldsOf(fieldsV1)['f:metadata'])
    if (!at || !writes || textOf(subresource)) continue
    if (!changed || at >= changed.at) changed = { at, by: writerOf(textOf(manager)) }
  }
  return changed
}
