import type { Manifest } from '@/lib/domain/model/start'
import { textOf, textsOf } from '@/lib/domain/raw'
import { metadataOf } from '@/lib/domain/start/parts'

type Texts = Readonly<Record<string, string>>

const KEYS = [
  'pod-template-hash',
  'app.kubernetes.io/instance',
  'kubectl.kubernetes.io/last-applied-configuration',
  // Names in Consul: a copy that kept them would be registered beside the stable version and get its requests.
  'consul.hashicorp.com/service-name',
  'consul.hashicorp.com/connect-service',
]
const PREFIXES = [
  'deployment.kubernetes.io/',
  'argocd.argoproj.io/',
  'meta.helm.sh/',
  'kustomize.toolkit.fluxcd.io/',
  'helm.toolkit.fluxcd.io/',
  'kustomize.config.k8s.io/',
  'config.kubernetes.io/',
  'halftone.dev/',
]

/**
 * Labels or annotations without those by which a cluster, a deploy tool or a registry knows the object for its own; `kept` stay anyway.
 * Source: canary-semantics.md F, recipe for the clone.
 */
export const withoutTraces = (raw: unknown, kept: readonly string[] = []): Texts =>
  Object.fromEntries(
    Object.entries(textsOf(raw)).filter(
      ([key]) =>
        kept.includes(key) || !(KEYS.includes(key) || PREFIXES.some(prefix => key.startsWith(prefix))),
    ),
  )

/** The metadata of an object without what the cluster and deploy tools have added; empty parts are left out. */
export function cleanMetadata(
  raw: unknown,
  { name, labels = {}, annotations = {} }: { name?: string; labels?: Texts; annotations?: Texts } = {},
): Manifest['metadata'] {
  const metadata = metadataOf(raw)
  const allLabels = { ...withoutTraces(metadata.labels), ...labels }
  const allAnnotations = { ...withoutTraces(metadata.annotations), ...annotations }
  return {
    name: name ?? textOf(metadata.name),
    namespace: textOf(metadata.namespace),
    ...(Object.keys(allLabels).length > 0 && { labels: allLabels }),
    ...(Object.keys(allAnnotations).length > 0 && { annotations: allAnnotations }),
  }
}
