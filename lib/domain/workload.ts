import type { Deployment, EndpointSlice, IngressClass, Pod, Service } from '@/lib/domain/model/workload'
import { fieldsOf, itemsOf, type Share, textOf, textsOf, wholeOf } from '@/lib/domain/raw'

const same: Share = text => text

function identityOf(raw: unknown, share: Share) {
  const metadata = fieldsOf(fieldsOf(raw).metadata)
  return {
    namespace: share(textOf(metadata.namespace)),
    name: textOf(metadata.name),
    uid: textOf(metadata.uid),
    resourceVersion: textOf(metadata.resourceVersion),
  }
}

const portText = (raw: unknown): string => (typeof raw === 'number' ? String(raw) : textOf(raw))

/** A Deployment as the cluster sends it, projected; odd or missing fields read as empty. */
export function parseDeployment(raw: unknown, share: Share = same): Deployment {
  const spec = fieldsOf(fieldsOf(raw).spec)
  const status = fieldsOf(fieldsOf(raw).status)
  const template = fieldsOf(spec.template)
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
  }
}

/** A Service as the cluster sends it, projected; an empty selector, or that of an ExternalName, is none. */
export function parseService(raw: unknown, share: Share = same): Service {
  const spec = fieldsOf(fieldsOf(raw).spec)
  const selector = textsOf(spec.selector, share)
  const selects = Object.keys(selector).length > 0 && spec.type !== 'ExternalName'
  return {
    ...identityOf(raw, share),
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

/** A pod as the cluster sends it, projected; a Pod without status is Pending and not ready. */
export function parsePod(raw: unknown, share: Share = same): Pod {
  const { metadata, spec, status } = fieldsOf(raw)
  const state = fieldsOf(status)
  const isEnding = textOf(fieldsOf(metadata).deletionTimestamp) !== ''
  const containers = itemsOf(state.containerStatuses)
  const ready = conditionOf(state, 'Ready')?.status === 'True'
  const reason = ready ? '' : whyNotReady(state, containers)
  const lastExit = lastExitOf(containers, share)
  let restarts = 0
  for (const item of containers) restarts += wholeOf(fieldsOf(item).restartCount)
  return {
    ...identityOf(raw, share),
    labels: textsOf(fieldsOf(metadata).labels, share),
    ready,
    phase: share(isEnding ? 'Terminating' : textOf(state.phase) || 'Pending'),
    ...(reason && { reason: share(reason) }),
    ...(lastExit && { lastExit }),
    restarts,
    image: share(textOf(fieldsOf(itemsOf(fieldsOf(spec).containers)[0]).image)),
    node: share(textOf(fieldsOf(spec).nodeName)),
    startedAt: textOf(state.startTime) || textOf(fieldsOf(metadata).creationTimestamp) || null,
  }
}

type Fields = Readonly<Record<string, unknown>>

function conditionOf(status: Fields, type: string): Fields | undefined {
  for (const item of itemsOf(status.conditions)) {
    const condition = fieldsOf(item)
    if (condition.type === type) return condition
  }
  return undefined
}

/** The most telling word first: evicted, then a container's own reason, then the scheduler's, then the kubelet's. */
function whyNotReady(status: Fields, containers: readonly unknown[]): string {
  const evicted = textOf(status.reason)
  if (evicted) return evicted
  for (const statuses of [itemsOf(status.initContainerStatuses), containers]) {
    for (const item of statuses) {
      const state = fieldsOf(fieldsOf(item).state)
      const terminated = fieldsOf(state.terminated)
      const failed = terminated.exitCode === 0 ? '' : textOf(terminated.reason)
      const reason = textOf(fieldsOf(state.waiting).reason) || failed
      if (reason && reason !== 'PodInitializing') return reason
    }
  }
  const scheduled = conditionOf(status, 'PodScheduled')
  const unscheduled = scheduled?.status === 'False' ? textOf(scheduled.reason) : ''
  return unscheduled || textOf(conditionOf(status, 'Ready')?.reason)
}

/** How a container last ended: the end before its present run, else the end it is in. */
function lastExitOf(containers: readonly unknown[], share: Share): Pod['lastExit'] {
  for (const item of containers) {
    const container = fieldsOf(item)
    const before = fieldsOf(container.lastState).terminated
    const ended = before ?? fieldsOf(container.state).terminated
    if (ended !== undefined && ended !== null) {
      const { reason, exitCode } = fieldsOf(ended)
      return { reason: share(textOf(reason)), code: wholeOf(exitCode) }
    }
  }
  return undefined
}
