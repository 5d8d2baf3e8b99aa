import { controllerFindings } from '@/lib/domain/lint/controller'
import type { BoardRelease } from '@/lib/domain/model/release'
import type { CanaryReading, ControllerFlags, ControllerStatus, Dialect } from '@/lib/domain/model/status'
import type { IngressClass, Pod } from '@/lib/domain/model/workload'
import { controllerClassOf, dialectOf, readsNginx, servedOf } from '@/lib/domain/status/classes'
import { isOn } from '@/lib/domain/status/flags'
import { controllerImageOf, versionTextOf } from '@/lib/domain/status/image'
import { isBefore, parseVersion, type SoftwareVersion } from '@/lib/domain/status/version'

const PREFIX = 'nginx.ingress.kubernetes.io'

/** Pods of one template that run one controller: whatever holds for the first holds for all. */
export type ControllerPods = readonly [Pod, ...Pod[]]

const TEMPLATE_LABELS = ['pod-template-hash', 'controller-revision-hash']

/** Finds ingress controllers among pods by their images, one group for each template. */
export function controllerPodsOf(pods: readonly Pod[]): ControllerPods[] {
  const groups = new Map<string, [Pod, ...Pod[]]>()
  for (const pod of pods) {
    if (controllerImageOf(pod.image) === null) continue
    const template = TEMPLATE_LABELS.map(label => pod.labels[label] ?? '').join('/')
    const key = `${pod.namespace} ${pod.image} ${template}`
    const group = groups.get(key)
    if (group) group.push(pod)
    else groups.set(key, [pod])
  }
  return [...groups.values()]
}

/** A controller's pods, and what could be read of its arguments. */
export type SeenController = { pods: ControllerPods; flags: ControllerFlags | null }

/**
 * All controllers of a cluster: those seen, then IngressClasses that none of them serves. `classes` null: they may not be read.
 * Source: ingress-nginx 1.15.1, flags.go; canary-semantics.md D.2, D.3.
 */
export function controllersOf(
  seen: readonly SeenController[],
  classes: readonly IngressClass[] | null,
  releases: readonly BoardRelease[],
): ControllerStatus[] {
  const found = seen.map(each => seenStatus(each, classes))
  const served = new Set(found.flatMap(each => each.classes))
  const claims = new Map<string, string[]>()
  for (const { name, controller } of classes ?? [])
    if (!served.has(name)) claims.set(controller, [...(claims.get(controller) ?? []), name])
  const unseen = [...claims].map(([controller, names]) => unseenStatus(controller, names))
  return [...found, ...unseen].map(each => ({ ...each, findings: controllerFindings(each, releases) }))
}

/** IngressClasses that more than one kind of controller serves: each of their requests may meet either. */
export function sharedClassesOf(controllers: readonly ControllerStatus[]): string[] {
  const names = new Set(controllers.flatMap(each => each.classes))
  const dialects = (name: string) =>
    new Set(controllers.filter(each => each.classes.includes(name)).map(each => each.dialect))
  return [...names].filter(name => dialects(name).size > 1)
}

function seenStatus(
  { pods, flags }: SeenController,
  classes: readonly IngressClass[] | null,
): ControllerStatus {
  const [{ image, labels, namespace }] = pods
  const { dialect, maker } = controllerImageOf(image) ?? { dialect: 'other', maker: null }
  const version = versionTextOf(image, labels)
  const controllerClass = controllerClassOf(dialect, flags)
  return {
    dialect,
    maker,
    classes: servedOf(dialect, flags, classes),
    controllerClass,
    namespace,
    image,
    version,
    pods: pods.map(({ name, ready }) => ({ name, ready })),
    flags,
    canaries: readingOf(dialect, version, flags),
    findings: [],
  }
}

const unseenStatus = (controllerClass: string, classes: string[]): ControllerStatus => ({
  dialect: dialectOf(controllerClass),
  maker: null,
  classes,
  controllerClass,
  namespace: null,
  image: null,
  version: null,
  pods: [],
  flags: null,
  canaries: 'unknown',
  findings: [],
})

function readingOf(dialect: Dialect, version: string | null, flags: ControllerFlags | null): CanaryReading {
  const read = parseVersion(version ?? '')
  if (dialect === 'ingress-nginx') {
    if ((flags?.['annotations-prefix'] ?? PREFIX) !== PREFIX) return 'not-at-all'
    return validates(read, flags) ? 'as-modelled' : 'without-validation'
  }
  if (dialect === 'higress') return 'differently'
  if (isBefore(read, [3, 7, 0]) === true) return 'not-at-all'
  if (flags === null) return 'unknown'
  return readsNginx(flags) ? 'differently' : 'not-at-all'
}

/** Source: ingress-nginx, flags.go: validation came with 1.9 and has been on by default since 1.12. */
function validates(read: SoftwareVersion | null, flags: ControllerFlags | null): boolean {
  if (isBefore(read, [1, 9, 0]) === true) return false
  return isOn(flags, 'enable-annotation-validation', isBefore(read, [1, 12, 0]) !== true)
}
