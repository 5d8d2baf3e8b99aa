import type { Manifest } from '@/lib/domain/model/start'
import { fieldsOf, itemsOf } from '@/lib/domain/raw'
import { cleanMetadata } from '@/lib/domain/start/clean'
import { type Clone, cloneMetadata } from '@/lib/domain/start/clone-deployment'
import { specOf } from '@/lib/domain/start/parts'

type Fields = Readonly<Record<string, unknown>>

/** What a Service keeps inside the cluster; addresses, ports of nodes and load balancers are the stable one's alone. */
const KEPT = [
  'sessionAffinity',
  'sessionAffinityConfig',
  'publishNotReadyAddresses',
  'ipFamilies',
  'ipFamilyPolicy',
  'internalTrafficPolicy',
  'trafficDistribution',
]
/** Annotations by which a Service gets names or load balancers outside the cluster: those lead to the stable version. */
const OUTSIDE =
  /^(?:external-dns\.|service\.beta\.kubernetes\.io\/|service\.kubernetes\.io\/|cloud\.google\.com\/|networking\.gke\.io\/|metallb\.|tailscale\.com\/)/

function serviceSpec(raw: unknown, selector: unknown): Fields {
  const spec = specOf(raw)
  const ports = itemsOf(spec.ports).map(port => {
    const { nodePort: _nodePort, ...kept } = fieldsOf(port)
    return kept
  })
  const kept = KEPT.flatMap(key => (spec[key] === undefined ? [] : [[key, spec[key]]]))
  return {
    type: 'ClusterIP',
    ...(spec.clusterIP === 'None' && { clusterIP: 'None' }),
    selector,
    ports,
    ...Object.fromEntries(kept),
  }
}

function serviceMetadata(metadata: Manifest['metadata']): Manifest['metadata'] {
  const { annotations, ...others } = metadata
  const inside = Object.entries(fieldsOf(annotations)).filter(([key]) => !OUTSIDE.test(key))
  return { ...others, ...(inside.length > 0 && { annotations: Object.fromEntries(inside) }) }
}

const service = (raw: unknown, metadata: Manifest['metadata'], selector: unknown): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: serviceMetadata(metadata),
  spec: serviceSpec(raw, selector),
})

/** A Service as the cluster's inside sees it: what a clone is compared with. */
export const cleanService = (raw: unknown): Manifest => service(raw, cleanMetadata(raw), specOf(raw).selector)

/** The Service of the new version: the ports of the stable one, an address of its own, only the new pods. */
export const cloneService = (raw: unknown, clone: Clone): Manifest =>
  service(raw, cloneMetadata(raw, clone), clone.relabelling.service)
