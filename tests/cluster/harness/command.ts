import { join } from 'node:path'
import { runPagesAlongside } from '@/tests/cluster/harness/alongside'
import {
  closeNamespaces,
  ended,
  firstProcess,
  inside,
  openNamespaces,
} from '@/tests/cluster/harness/namespaces'
import { whatIsMissing } from '@/tests/cluster/harness/needs'
import { installPackages } from '@/tests/cluster/harness/packages'
import { ensurePart, folderOf } from '@/tests/cluster/harness/part'
import { ingressNginx, kubernetes, programs } from '@/tests/cluster/harness/parts'
import { NAME, ROOT, runFolder } from '@/tests/cluster/harness/place'
import { conclude, prepareSuite, runInside, runOutside } from '@/tests/cluster/harness/suite'

const USAGE = `npm run cluster:up            a real node and the real controller, in namespaces of their own
npm run cluster:up -- --foreground   … until Ctrl-C, or until this program ends in any other way
npm run cluster:in -- CMD …   runs a command inside; KUBECONFIG is set and kubectl is on the PATH
npm run cluster:down          takes it all down
npm run test:cluster [-- FILE …]`

/** Brings the cluster up. `isTied`: it ends when this process ends. Errors: rejects with what did not start. */
async function up(isTied: boolean): Promise<void> {
  // What a crash has left is removed first; a running one would have been found before.
  await closeNamespaces()
  installPackages()
  const built = [await ensurePart(programs), await ensurePart(ingressNginx), await ensurePart(kubernetes)]
  await openNamespaces(join(built[0] ?? '', 'pause'), isTied)
  const args = [
    '--import',
    'tsx',
    join(ROOT, 'tests/cluster/harness/inside.ts'),
    built[2],
    built[1],
    built[0],
  ]
  const code = await ended(
    inside(
      process.execPath,
      args.filter(each => each !== undefined),
    ),
  )
  if (code !== 0) throw new Error(`the cluster did not come up; its logs are in ${join(runFolder(), 'logs')}`)
}

const path = () => ({ PATH: `${folderOf(kubernetes)}:${process.env.PATH}` })

function tell(): void {
  const kubeconfig = join(runFolder(), 'kubeconfig')
  console.log(
    [
      `A real cluster is up${NAME === 'main' ? '' : ` (${NAME})`}, in namespaces of its own.`,
      `KUBECONFIG=${kubeconfig}  (contexts admin and halftone)`,
      'Gateway http://127.0.0.1, API server https://127.0.0.1:6443, both inside only:',
      '  npm run --silent cluster:in -- kubectl get pods -A',
      "  npm run --silent cluster:in -- curl -s -H 'Host: user.example.com' http://127.0.0.1/",
      'npm run cluster:down takes it down.',
    ].join('\n'),
  )
}

/** From now on a signal takes the cluster down before it ends this process. */
function downOnSignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(
      signal,
      () => void closeNamespaces().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143)),
    )
  }
}

/** Never resolves, and keeps the process alive: a pending promise alone would not. */
const forEver = () => new Promise<never>(() => setInterval(() => undefined, 3_600_000))

/**
 * Runs the suite on the cluster that is up, or on one of its own, which it takes down again. The whole of it runs on two
 * clusters side by side: most of its time is waiting for what a controller does in its own time.
 */
async function test(files: readonly string[]): Promise<number> {
  await prepareSuite()
  const isOurs = firstProcess() === null
  if (isOurs) {
    downOnSignal()
    await up(true)
  }
  const pages = files.length === 0 ? runPagesAlongside() : null
  const counts = []
  try {
    counts.push(await runInside(files, path()))
  } finally {
    if (isOurs) await closeNamespaces()
  }
  if (pages) counts.push(await pages, await runOutside())
  return conclude(counts)
}

/** Carries out one command of the harness; resolves to its exit code. 2: this machine cannot do it, and one sentence says why. */
export async function command(name: string | undefined, args: readonly string[]): Promise<number> {
  if (name === 'down') {
    await closeNamespaces()
    return 0
  }
  if (name === 'in' && args[0] !== undefined) return ended(inside(args[0], args.slice(1), path()))
  if (name !== 'up' && name !== 'test') {
    console.error(USAGE)
    return 1
  }
  const missing = whatIsMissing()
  if (missing !== null) {
    console.log(`No real cluster here: ${missing}.`)
    return 2
  }
  if (name === 'test') return test(args)
  const isForeground = args.includes('--foreground')
  if (isForeground) downOnSignal()
  if (firstProcess() === null) await up(isForeground)
  tell()
  return isForeground ? forEver() : 0
}
