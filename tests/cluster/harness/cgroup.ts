import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cgroupName } from '@/tests/cluster/harness/place'

const ROOT = '/sys/fs/cgroup'

function tryWrite(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch {
    // this controller is not there or not ours to give: the kubelet says so where it matters
  }
}

/** Version 1: one folder in every hierarchy, `name=systemd` too; a cpuset begins empty. */
function makeInHierarchies(): void {
  for (const hierarchy of readdirSync(ROOT, { withFileTypes: true })) {
    if (!hierarchy.isDirectory() || hierarchy.name === 'unified') continue
    mkdirSync(join(ROOT, hierarchy.name, cgroupName()), { recursive: true })
  }
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    const own = join(ROOT, 'cpuset', cgroupName(), file)
    if (existsSync(own)) tryWrite(own, readFileSync(join(ROOT, 'cpuset', file), 'utf8'))
  }
}

/** Version 2: one folder, which passes every controller on. */
function makeUnified(): void {
  const own = join(ROOT, cgroupName())
  mkdirSync(own, { recursive: true })
  for (const controller of ['cpu', 'cpuset', 'io', 'memory', 'pids', 'hugetlb']) {
    tryWrite(join(ROOT, 'cgroup.subtree_control'), `+${controller}`)
    tryWrite(join(own, 'cgroup.subtree_control'), `+${controller}`)
  }
}

/** Makes the cgroup under which the kubelet puts its pods: it wants it to exist. */
export function makeCgroup(): void {
  if (existsSync(join(ROOT, 'cgroup.controllers'))) makeUnified()
  else makeInHierarchies()
}
