import { allKinds, apiVersionOf, type Kind, verbsOf } from './kinds'
import type { Fields } from './object'

/** The version the sandbox says it is: the one whose behaviour it restates. */
export const VERSION = {
  major: '1',
  minor: '34',
  gitVersion: 'v1.34.4',
  gitCommit: 'sandbox',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'none',
  compiler: 'none',
  platform: 'loopback',
}

const versions = new Map(allKinds.map(({ group, version }) => [group, version]))
const groups = [...versions.keys()].filter(group => group !== '')

/** A group, with the one version of it that the sandbox has. */
const groupOf = (name: string): Fields => {
  const version = { groupVersion: `${name}/${versions.get(name)}`, version: versions.get(name) }
  return { name, versions: [version], preferredVersion: version }
}

function resourcesOf(kind: Kind): Fields[] {
  const { plural, singular, namespaced, shortNames, categories } = kind
  const main = {
    name: plural,
    singularName: singular,
    namespaced,
    kind: kind.kind,
    verbs: verbsOf(kind),
    ...(shortNames.length > 0 && { shortNames }),
    ...(categories.length > 0 && { categories }),
  }
  const below = kind.subresources.map(subresource => ({
    name: `${plural}/${subresource}`,
    singularName: '',
    namespaced,
    ...(subresource === 'scale'
      ? { group: 'autoscaling', version: 'v1', kind: 'Scale' }
      : { kind: kind.kind }),
    verbs: ['get', 'patch', 'update'],
  }))
  return [main, ...below]
}

/** Answers `/api`, `/apis` and the list of resources of each group; undefined for any other path. */
export function discovered(pathname: string): Fields | undefined {
  const path = pathname.replace(/\/$/, '')
  if (path === '/version') return VERSION
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] }
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) }
  const group = groups.find(name => path === `/apis/${name}`)
  if (group) return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group) }
  const groupVersion = path.replace(/^\/apis?\//, '')
  const resources = allKinds.filter(kind => apiVersionOf(kind) === groupVersion)
  if (resources.length === 0) return undefined
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: resources.flatMap(resourcesOf),
  }
}
