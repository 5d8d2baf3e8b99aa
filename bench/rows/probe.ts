import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { promisify } from 'node:util'
import { ROOT } from '@/bench/run/program'
import { median } from '@/bench/statistics'
import type { Row } from '@/bench/table'
import { closed, listening } from '@/sandbox/gateway/listen'

const [PAIRS, WRK_SECONDS] = [5, 2]
const run = promisify(execFile)

/** CPU of one request. Units: microseconds of user and system time. */
async function cpuOf(way: string, url: string): Promise<number> {
  const args = ['--conditions=react-server', '--import', 'tsx', 'bench/probe-ways.ts', way, url]
  const { stdout } = await run(process.execPath, args, { cwd: ROOT })
  return Number(stdout)
}

/** The same of wrk, which is in C; null where it is not installed. */
async function cpuOfWrk(url: string): Promise<number | null> {
  const command = `TIMEFORMAT='%U %S'; time wrk -t1 -c1 -d${WRK_SECONDS}s "$1"`
  const told = await run('bash', ['-c', command, 'bash', url]).catch(() => null)
  const [, requests] = /(\d+) requests in/.exec(told?.stdout ?? '') ?? []
  const [user, system] = (told?.stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number)
  return requests && user !== undefined && system !== undefined
    ? ((user + system) * 1e6) / Number(requests)
    : null
}

/** One probe's CPU beside other ways to ask the same server, which is another process. */
export async function measure(): Promise<Row[]> {
  const server = await listening(
    createServer((_request, response) => response.end('user-v1')),
    0,
  )
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/user`
  const taken: Record<'probe' | 'undici' | 'fetch' | 'wrk', number[]> = {
    probe: [],
    undici: [],
    fetch: [],
    wrk: [],
  }
  for (let pair = 0; pair < PAIRS; pair += 1) {
    for (const way of ['probe', 'undici', 'fetch'] as const) taken[way].push(await cpuOf(way, url))
    const wrk = await cpuOfWrk(url)
    if (wrk !== null) taken.wrk.push(wrk)
  }
  await closed(server)
  const ours = median(taken.probe)
  const row = (name: string, theirs: number[]): Row => ({
    what: `CPU of one probe, beside ${name}`,
    ours: `${ours.toFixed(0)} µs`,
    against: theirs.length === 0 ? 'not installed' : `${median(theirs).toFixed(0)} µs`,
    ratio: theirs.length === 0 ? '' : (ours / median(theirs)).toFixed(2),
    must: '',
    ok: null,
  })
  return [row('wrk', taken.wrk), row('fetch', taken.fetch), row('undici.request', taken.undici)]
}
