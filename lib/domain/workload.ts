import { epochMsOf } from '@/lib/domain/iso'
import type { Deployment, EndpointSlice, IngressClass, Service } from '@/lib/domain/model/workload'
import { clipped, conditionOf, identityOf } from '@/lib/domain/object'
import { oursOf } from '@/lib/domain/operation/ours'
import { fieldsOf, itemsOf, type Share, textOf, textsOf, wholeOf } from '@/lib/domain/raw'

const same: Share = text => text

const portText = (raw: unknown): string => (typeof raw === 'number' ? String(raw) : textOf(raw))

/** A Deployment as the cluster sends it, projected; odd or missing fields read as empty. */
export function parseDeployment(raw: unknown, share: Share = same): Deployment {
  const spec = fieldsOf(fieldsOf(raw).spec)
  const status = fieldsOf(fieldsOf(raw).status)
  const template = fieldsOf(spec.template)
  const ours = oursOf(raw)
  const failure = failureOf(status)
  return {
    ...identityOf(raw, share),
    templateLabels: textsOf(fieldsOf(template.metadata).labels, share),
    containers: itemsOf(fieldsOf(template.spec).containers).map(item => {
      const container = fieldsOf(item)
      return { name: share(textOf(container.name)), image: share(textOf(container.image)) }
    }),
    replicas: wholeOf(spec.replicas, 1),
    ready: wholeOf(status.readyReplicas),
    updated: wholeOf(status.updatedReplicas),
    ...(isRolling(raw) && { isRolling: true }),
    ...(failure && { failure }),
    ...(ours && { ours }),
  }
}

function isRolling(raw: unknown): boolean {
  const status = fieldsOf(fieldsOf(raw).status)
  const { generation } = fieldsOf(fieldsOf(raw).metadata)
  const isBehind = wholeOf(status.observedGeneration) < wholeOf(generation)
  return isBehind || wholeOf(status.replicas) > wholeOf(status.updatedReplicas)
}

/** Source: Kubernetes, Deployment condition ReplicaFailure: quota or a webhook let no pod be made. */
function failureOf(status: Readonly<Record<string, unknown>>): Deployment['failure'] {
  const failed = conditionOf(status, 'ReplicaFailure')
  if (failed?.status !== 'True') return undefined
  return { reason: textOf(failed.reason), message: clipped(textOf(failed.message)) }
}

/** A Service as the cluster sends it, projected; an empty selector, or that of an ExternalName, is none. */
export function parseService(raw: unknown, share: Share = same): Service {
  const spec = fieldsOf(fieldsOf(raw).spec)
  const selector = textsOf(spec.selector, share)
  const selects = Object.keys(selector).length > 0 && spec.type !== 'ExternalName'
  const ours = oursOf(raw)
  return {
    ...identityOf(raw, share),
    createdAtMs: epochMsOf(textOf(fieldsOf(fieldsOf(raw).metadata).creationTimestamp)),
    selector: selects ? selector : null,
    ports: itemsOf(spec.ports).map(item => {
      const port = fieldsOf(item)
      const number = wholeOf(port.port)
      return {
        name: share(textOf(port.name)),
        port: number,
        targetPort: share(portText(port.targetPort ?? number)),
      }
    }),
    ...(ours && { ours }),
  }
}

/** An EndpointSlice, projected to counts of addresses; an endpoint whose readiness is not told is ready. */
export function parseEndpointSlice(raw: unknown, share: Share = same): EndpointSlice {
  const slice = fieldsOf(raw)
  let ready = 0
  let total = 0
  for (const item of itemsOf(slice.endpoints)) {
    const endpoint = fieldsOf(item)
    const addresses = itemsOf(endpoint.addresses).length
    total += addresses
    if (fieldsOf(endpoint.conditions).ready !== false) ready += addresses
  }
  const labels = fieldsOf(fieldsOf(slice.metadata).labels)
  return {
    ...identityOf(raw, share),
    service: share(textOf(labels['kubernetes.io/service-name'])),
    addressType: share(textOf(slice.addressType)),
    ports: itemsOf(slice.ports).map(item => {
      const port = fieldsOf(item)
      return { name: share(textOf(port.name)), port: wholeOf(port.port) }
    }),
    ready,
    total,
  }
}

/** An IngressClass, projected to what tells whose Ingresses are ours. */
export function parseIngressClass(raw: unknown): IngressClass {
  const { name, uid, resourceVersion } = identityOf(raw, same)
  const annotations = fieldsOf(fieldsOf(fieldsOf(raw).metadata).annotations)
  return {
    name,
    uid,
    resourceVersion,
    controller: textOf(fieldsOf(fieldsOf(raw).spec).controller),
    isDefault: annotations['ingressclass.kubernetes.io/is-default-class'] === 'true',
  }
}
