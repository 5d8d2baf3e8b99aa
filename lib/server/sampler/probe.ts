import 'server-only'
import { performance } from 'node:perf_hooks'
import { type Dispatcher, Pool } from 'undici'
import type { CannotMeasure } from '@/lib/domain/model/samples'
import { addressRule } from '@/lib/server/sampler/address'
import type { SamplerConfig } from '@/lib/server/sampler/config'
import { type Line, NotConnected, openLine } from '@/lib/server/sampler/connect'
import type { Target } from '@/lib/server/sampler/target'

/** Whom to ask, and for what: `host` and `path` are those of a route in the cache, never a free address. */
export type Aim = { line: Line; host: string; path: string; userAgent: string }

/** What came back. `blocked`: the request never got as far as a version; null: something in between broke. */
export type ProbeAnswer =
  | { ok: true; status: number; headers: Record<string, string>; body: string; ms: number }
  | { ok: false; blocked: CannotMeasure | null; ms: number }

/** Units: milliseconds, bytes, probes. */
const LIMIT_MS = 5000
const BODY_LIMIT = 65_536
const PROBES_A_CONNECTION = 50
const CONNECTIONS = 256

/** Asks one gateway, one request after the other or side by side, on connections that are renewed. */
export class Prober {
  readonly #aim: Aim
  #pool: Pool
  #asked = 0

  constructor(aim: Aim) {
    this.#aim = aim
    this.#pool = poolOf(aim)
  }

  /** Sends one GET that carries `mark` and nothing else of a user's. Errors: none; a failure is an answer. */
  async ask(mark: Readonly<Record<string, string>>): Promise<ProbeAnswer> {
    if (this.#asked >= PROBES_A_CONNECTION) this.renew()
    this.#asked++
    const startMs = performance.now()
    const elapsed = () => Math.round((performance.now() - startMs) * 10) / 10
    try {
      const answer = await this.#pool.request(this.#requestOf(mark))
      const body = await bodyOf(answer.body)
      return { ok: true, status: answer.statusCode, headers: headersOf(answer.headers), body, ms: elapsed() }
    } catch (error) {
      return { ok: false, blocked: error instanceof NotConnected ? error.why : null, ms: elapsed() }
    }
  }

  #requestOf(mark: Readonly<Record<string, string>>): Dispatcher.RequestOptions {
    const { host, path, userAgent } = this.#aim
    return {
      method: 'GET',
      path,
      headers: { host, 'user-agent': userAgent, accept: '*/*', ...mark },
      signal: AbortSignal.timeout(LIMIT_MS),
    }
  }

  /** Further probes go out on connections that do not exist yet; those under way end on theirs. */
  renew(): void {
    const old = this.#pool
    this.#pool = poolOf(this.#aim)
    this.#asked = 0
    void old.close().catch(() => undefined)
  }

  /** Cuts everything under way. */
  async close(): Promise<void> {
    await this.#pool.destroy().catch(() => undefined)
  }
}

function poolOf({ line }: Aim): Pool {
  const { scheme, port } = line
  const name = line.address.includes(':') ? `[${line.address}]` : line.address
  return new Pool(`${scheme}://${name}:${port}`, {
    connections: CONNECTIONS,
    pipelining: 1,
    headersTimeout: LIMIT_MS,
    bodyTimeout: LIMIT_MS,
    maxHeaderSize: 16_384,
    connect: (_options, callback) => {
      openLine(line).then(
        socket => callback(null, socket),
        (error: Error) => callback(error, null),
      )
    },
  })
}

/** As much of the body as tells a version; the rest is not waited for, and nothing is decompressed. */
async function bodyOf(stream: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= BODY_LIMIT) break
  }
  return Buffer.concat(chunks).subarray(0, BODY_LIMIT).toString('utf8')
}

const headersOf = (headers: Dispatcher.ResponseData['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )

/** The prober of a release's target, as this process is configured. */
export function proberOf(
  { scheme, address, port, host, path, trust }: Target,
  config: SamplerConfig,
): Prober {
  const { gatewayCa: ca, gatewayInsecure: insecure, apiServers, version } = config
  const serverName = host.replace(/:\d+$/, '')
  const line = { scheme, address, port, serverName, rule: addressRule(trust, apiServers), ca, insecure }
  return new Prober({ line, host, path, userAgent: `halftone-sampler/${version}` })
}
