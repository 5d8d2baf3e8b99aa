import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const { HALFTONE_CLUSTER_CACHE, HALFTONE_CLUSTER_NAME, XDG_CACHE_HOME } = process.env

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** What the cluster is made from: Go modules, Lua modules, manifests. */
export const SOURCES = join(ROOT, 'tests/cluster')

/** Where everything that is built or running lives, outside the repository. */
export const CACHE =
  HALFTONE_CLUSTER_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'halftone/cluster')

/** Which of several clusters on this machine is meant. */
export const NAME = HALFTONE_CLUSTER_NAME || 'main'

/** Where a running cluster keeps its state; gone when it is down. */
export const runFolder = (name = NAME): string => join(CACHE, 'run', name)

/** The node's cgroup in every hierarchy. */
export const cgroupName = (name = NAME): string => `halftone-${name}`

/** Is this a name that folders, cgroups and processes may carry? */
export const isName = (name: string): boolean => /^[a-z0-9]{1,12}$/.test(name)

/** A folder of the host on which the namespaces put their own; nothing is written into the host's. */
export const MOUNT_POINTS = ['/tmp/nginx', '/etc/ingress-controller', '/var/lib/kubelet', '/var/lib/cni']
