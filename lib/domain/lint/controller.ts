import { findingOf } from '@/lib/domain/finding'
import type { ControllerFindingId } from '@/lib/domain/lint/controller-texts'
import type { BoardRelease, Finding } from '@/lib/domain/model/release'
import type { ControllerStatus } from '@/lib/domain/model/status'
import type { Params } from '@/lib/domain/problem'
import { isOn } from '@/lib/domain/status/flags'
import { isBefore, parseVersion, type SoftwareVersion } from '@/lib/domain/status/version'

const USUAL_TOTAL = 100
/** Releases named in one finding. */
const MOST_NAMED = 5

/**
 * What is wrong with a controller itself, whatever Ingresses say; `releases` are all of its cluster. Only ingress-nginx has
 * findings, and only seen pods: nothing is known of a controller out of sight.
 */
export function controllerFindings(
  controller: Omit<ControllerStatus, 'findings'>,
  releases: readonly BoardRelease[],
): Finding[] {
  const { dialect, namespace, image, pods, classes } = controller
  if (dialect !== 'ingress-nginx' || image === null) return []
  const facts: Facts = {
    ...controller,
    image,
    read: parseVersion(controller.version ?? ''),
    releases: releases.filter(each => classes.includes(each.className)),
  }
  const where = `${namespace}/${pods[0]?.name}`
  return RULES.flatMap(({ id, field, holds }) => {
    const params = holds(facts)
    return params ? [findingOf(id, `${where} ${field}`, params)] : []
  })
}

type Facts = Omit<ControllerStatus, 'findings' | 'image'> & {
  image: string
  read: SoftwareVersion | null
  releases: readonly BoardRelease[]
}
/** `holds` gives what is to be said, or null. */
type Rule = { id: ControllerFindingId; field: string; holds: (facts: Facts) => Params | null }

const IMAGE = 'spec.containers[].image'
const ARGS = 'spec.containers[].args'

const RULES: readonly Rule[] = [
  {
    id: 'L43',
    field: IMAGE,
    holds: ({ read, version }) => (isOpenToTakeover(read) ? { version } : null),
  },
  {
    id: 'L42',
    field: IMAGE,
    holds: ({ maker, image }) => (maker === 'upstream' || maker === 'repackaged' ? { image } : null),
  },
  { id: 'L15', field: IMAGE, holds: totalIgnored },
  { id: 'L35', field: ARGS, holds: riskUnseen },
  { id: 'L40', field: ARGS, holds: facts => (metricsAreBlind(facts) ? {} : null) },
]

/** CVE-2025-1974: all before 1.11.5, and 1.12.0 with its previews. */
const isOpenToTakeover = (read: SoftwareVersion | null): boolean =>
  isBefore(read, [1, 11, 5]) === true || (read?.minor === 12 && isBefore(read, [1, 12, 1]) === true)

function totalIgnored({ read, version, releases }: Facts): Params | null {
  if (isBefore(read, [1, 7, 0]) !== true) return null
  const named = releases.filter(each => each.weightTotal !== USUAL_TOTAL).map(nameOf)
  if (named.length === 0) return null
  const more = named.length > MOST_NAMED ? ', …' : ''
  return { version, releases: named.slice(0, MOST_NAMED).join(', ') + more }
}

const nameOf = ({ id }: BoardRelease): string => `${id.namespace}/${id.name}`

/**
 * Annotations have had a risk level since 1.9.0; without a ConfigMap it is not Low. Where the canary of a release with a
 * rule has answered anybody, its Ingress is not ignored, so that the level is not Low either.
 */
function riskUnseen({ read, flags, releases }: Facts): Params | null {
  const configmap = flags?.configmap
  if (configmap === undefined || isBefore(read, [1, 9, 0]) === true) return null
  return releases.some(takesPart) ? null : { configmap }
}

const takesPart = ({ rules, weight, observed }: BoardRelease): boolean =>
  (rules.header !== null || rules.cookie !== null) && weight > 0 && (observed?.share ?? 0) > 0

/** Source: ingress-nginx, flags.go: on by default up to 1.11; the label `canary` came with 1.0.2. */
function metricsAreBlind({ read, flags }: Facts): boolean {
  if (isBefore(read, [1, 0, 2]) === true) return true
  if (flags === null) return false
  const byDefault = isBefore(read, [1, 12, 0]) !== false
  return !isOn(flags, 'enable-metrics', byDefault)
}
