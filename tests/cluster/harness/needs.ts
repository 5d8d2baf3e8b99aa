import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { missingPackages } from '@/tests/cluster/harness/packages'
import { isName, NAME } from '@/tests/cluster/harness/place'
import { GO } from '@/tests/cluster/harness/versions'

function said(command: string, args: readonly string[]): string | null {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return null
  }
}

/** What the cluster cannot do without, in the order in which it is worth saying. */
const NEEDS: readonly { isMet: () => boolean; sentence: string }[] = [
  { isMet: () => process.platform === 'linux', sentence: 'a real node needs Linux' },
  { isMet: () => process.arch === 'x64', sentence: 'the images are built for x86-64 only' },
  { isMet: () => process.getuid?.() === 0, sentence: 'namespaces and mounts need root' },
  {
    isMet: () => hasGo(said('go', ['env', 'GOVERSION'])),
    sentence: `Go ${GO.join('.')} or later is not installed, and Kubernetes and the controller are built with it`,
  },
  {
    isMet: () => missingPackages().length === 0 || existsSync('/usr/bin/apt-get'),
    sentence: 'packages of Debian are missing, and there is no apt-get to install them',
  },
  {
    isMet: () => said('unshare', ['--net', '--mount', '--pid', '--fork', '--mount-proc', 'true']) !== null,
    sentence: 'this machine does not let root make network, mount and process namespaces',
  },
  { isMet: () => isName(NAME), sentence: `HALFTONE_CLUSTER_NAME=${NAME} is not 1 to 12 of a-z and 0-9` },
]

function hasGo(version: string | null): boolean {
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(version ?? '') ?? []
  return Number(major) > GO[0] || (Number(major) === GO[0] && Number(minor) >= GO[1])
}

/** Why there can be no real cluster on this machine, in one sentence; null where there can. */
export const whatIsMissing = (): string | null => NEEDS.find(({ isMet }) => !isMet())?.sentence ?? null
