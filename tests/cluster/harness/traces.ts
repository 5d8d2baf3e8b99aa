import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cgroupName, runFolder } from '@/tests/cluster/harness/place'

const CGROUPS = '/sys/fs/cgroup'

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** What a cluster has on this machine, seen from outside: processes, mounts, cgroups, network devices, its folder. */
export function tracesOf(name: string): string[] {
  const folder = runFolder(name)
  const processes = readdirSync('/proc')
    .filter(each => /^\d+$/.test(each) && textOf(`/proc/${each}/cmdline`).includes(folder))
    .map(each => `process ${each}: ${textOf(`/proc/${each}/cmdline`).split('\0')[0]}`)
  const mounts = textOf('/proc/self/mountinfo')
    .split('\n')
    .filter(line => line.includes(folder))
  const cgroups = [CGROUPS, ...readdirSync(CGROUPS).map(each => join(CGROUPS, each))]
    .map(each => join(each, cgroupName(name)))
    .filter(existsSync)
  const links = readdirSync('/sys/class/net').filter(each => ['node0', 'cni0'].includes(each))
  return [...processes, ...mounts, ...cgroups, ...links, ...(existsSync(folder) ? [folder] : [])]
}
