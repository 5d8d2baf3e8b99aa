import type { ClusterStatus, ControllerStatus, Status } from '@/lib/domain/model/status'
import { type AlikeRights, alikeRights } from '@/lib/domain/status/rights'
import { tableOf } from '@/lib/domain/status/text-table'

const NOT_SET = '-'

/**
 * The status as plain English text to paste into a bug report, whatever the reader's language.
 * Limits: says what the status says, which is without secrets; times are UTC.
 */
export function statusReport(status: Status): string {
  const { at, halftone, node, next, startedAt, clusters, configuration } = status
  return [
    `Halftone ${halftone}, Node ${node}, Next ${next}`,
    `status as of ${at}, started ${startedAt}`,
    ...clusters.flatMap(each => ['', ...clusterLines(each)]),
    '',
    'CONFIGURATION',
    ...tableOf(
      configuration.map(each => [each.name, each.value || NOT_SET, each.isDefault ? 'default' : 'set']),
    ),
    '',
  ].join('\n')
}

function clusterLines(cluster: ClusterStatus): string[] {
  const { gateways, controllers, classesShared, rights, rightsLeftOut, unreadable } = cluster
  return [
    `CLUSTER ${cluster.cluster}`,
    ...tableOf([
      ['API server', cluster.server],
      ['version', cluster.version || 'unknown'],
      ['state', `${cluster.state} since ${cluster.since}${cluster.readOnly ? ', read-only' : ''}`],
      ['connected', cluster.connectedAt ? `since ${cluster.connectedAt}` : 'no'],
      ...unreadable.map(each => ['cannot read', `${each.kind}: ${each.why}`]),
      ...gateways.map(each => ['gateway', `${each.className} = ${each.url}`]),
      ...(gateways.length === 0 ? [['gateway', 'the address in the status of each Ingress']] : []),
    ]),
    '',
    'watches',
    ...tableOf([
      ['kind', 'namespace', 'state', 'objects', 'relists', 'last byte'],
      ...cluster.watches.map(each => [
        each.kind,
        each.namespace ?? 'all',
        each.state,
        String(each.objects),
        String(each.relists),
        each.lastByteAt ?? 'never',
      ]),
    ]),
    '',
    'controllers',
    ...(controllers.length === 0 ? ['  none in sight'] : controllers.flatMap(controllerLines)),
    ...classesShared.map(each => `  ! more than one controller serves the class ${each}`),
    '',
    'rights',
    ...alikeRights(rights).map(rightsLine),
    ...(rightsLeftOut > 0 ? [`  ${rightsLeftOut} more namespaces with routes were not asked about`] : []),
  ]
}

function controllerLines(each: ControllerStatus): string[] {
  const { dialect, controllerClass, classes, image, version, namespace, pods, flags, canaries, findings } =
    each
  const names = classes.join(', ') || 'none'
  if (image === null) return [`  ${controllerClass}, classes ${names}: no pod in sight`]
  const ready = pods.filter(pod => pod.ready).length
  const told = flags === null ? 'could not be read' : pairs(flags)
  return [
    `  ${dialect} ${version ?? '(version unknown)'}, classes ${names}, canary annotations read ${canaries}`,
    `    image ${image}`,
    `    pods ${ready} of ${pods.length} ready in ${namespace}: ${pods.map(pod => pod.name).join(', ')}`,
    `    arguments ${told}`,
    ...findings.map(({ id, severity, title }) => `    ${id} ${severity}: ${title}`),
  ]
}

const pairs = (flags: Readonly<Record<string, string>>): string =>
  Object.entries(flags)
    .map(([name, value]) => `--${name}=${value}`)
    .join(' ') || 'none of interest'

function rightsLine(group: AlikeRights): string {
  const { problem, missing, limited, isComplete, askedAt } = group
  const where = group.namespaces.join(', ')
  if (problem) return `  ${where}: could not be asked (${problem.code}: ${problem.title})`
  const limits = limited.map(({ action, names }) => `${action} only of ${names.join(', ')}`)
  const lacks = [...(missing.length > 0 ? [`no ${missing.join(', ')}`] : []), ...limits].join('; ')
  const more = isComplete ? '' : '; the cluster does not tell all'
  return `  ${where}: ${lacks || 'all that Halftone does'}${more} (asked ${askedAt})`
}
