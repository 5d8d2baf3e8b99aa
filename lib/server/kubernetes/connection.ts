import 'server-only'
import type { Readable } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import type { KubeConfig } from '@kubernetes/client-node'
import { type Dispatcher, request as send } from 'undici'
import { fail, ok, type Result } from '@/lib/domain/problem'
import { CredentialSource, type Credentials, type Reread } from '@/lib/server/kubernetes/credentials'
import { Deadline, sooner } from '@/lib/server/kubernetes/deadline'
import { type ProxySettings, proxyOf } from '@/lib/server/kubernetes/proxy'
import { explainAnswer, explainNetwork, type Outcome } from '@/lib/server/kubernetes/refusal'
import { SharedAgent } from '@/lib/server/kubernetes/shared-agent'

/** Units: `timeoutMs` covers the whole answer. `contentType` belongs to `body`. */
type AskOptions = {
  body?: unknown
  contentType?: string
  timeoutMs?: number
  signal?: AbortSignal
}

/** The one way to an API server: credentials as of now, one shared keep-alive agent, foreign errors translated. */
export type Connection = {
  /** Address of the API server, for people and for the sampler's forbidden targets. */
  server: string
  request(
    method: string,
    path: string,
    options?: AskOptions,
  ): Promise<Outcome<{ status: number; text: string }>>
  /** Opens an endless answer; `timeoutMs` covers only its beginning. */
  stream(path: string, options: { timeoutMs: number; signal: AbortSignal }): Promise<Outcome<Readable>>
  close(): Promise<void>
}

export type ConnectionOptions = {
  config: KubeConfig
  /** Name in the kubeconfig. */
  context: string
  reread?: Reread
  proxy?: ProxySettings
  userAgent?: string
}

const TIMEOUT_MS = 10_000
const ANSWER_LIMIT_BYTES = 256 * 1024 * 1024

/**
 * Connects one context of a kubeconfig. Nothing is sent yet.
 * Errors: cluster-unreachable when the context, its cluster or its user is not in the kubeconfig.
 */
export function openConnection(options: ConnectionOptions): Result<Connection> {
  const { config, context } = options
  const found = config.getContextObject(context)
  if (!found) return fail('cluster-unreachable', `The kubeconfig has no context ${context}`)
  const cluster = config.getCluster(found.cluster)
  if (!cluster) return fail('cluster-unreachable', `The context ${context} names no known cluster`)
  if (!config.getUser(found.user)) {
    return fail('cluster-unreachable', `The context ${context} names no known user`)
  }
  if (!URL.canParse(cluster.server)) {
    return fail('cluster-unreachable', `The address of the cluster of ${context} is not a URL`)
  }
  const server = cluster.server.replace(/\/+$/, '')
  const proxy = cluster.proxyUrl || proxyOf(new URL(server), options.proxy ?? {})
  const source = new CredentialSource(config, context, options.reread)
  return ok(connectionTo(server, proxy, source, options.userAgent))
}

function connectionTo(
  server: string,
  proxy: string | null,
  source: CredentialSource,
  userAgent = 'halftone',
): Connection {
  const agents = new SharedAgent(proxy)

  async function open(method: string, path: string, limits: Limits, options: AskOptions) {
    const read = await source.now()
    if (!read.ok) return read
    const answer = await sendWith(read.value)
    if (answer.statusCode !== 401) return explained(answer)
    source.forget()
    const anew = await source.now()
    // Nothing was done for a token that is not accepted: with another one it is asked once more.
    const isSame = !anew.ok || isDeepStrictEqual(anew.value, read.value)
    if (isSame) return explained(answer)
    await answer.body.dump()
    return explained(await sendWith(anew.value))

    function sendWith(credentials: Credentials) {
      const { headers } = credentials
      return send(server + path, {
        method: method as Dispatcher.HttpMethod,
        dispatcher: agents.with(credentials),
        headers: {
          ...headers,
          accept: 'application/json',
          'user-agent': userAgent,
          ...(options.contentType && { 'content-type': options.contentType }),
        },
        body: options.body === undefined ? null : JSON.stringify(options.body),
        ...limits,
      })
    }
  }

  return {
    server: shownOf(server),
    async request(method, path, options = {}) {
      const deadline = new Deadline(options.timeoutMs ?? TIMEOUT_MS, options.signal)
      try {
        const { signal } = deadline
        const opened = await sooner(open(method, path, { signal }, options), signal)
        if (!opened.ok) return opened
        const { statusCode, body } = opened.value
        return { ok: true, value: { status: statusCode, text: await bounded(body) } }
      } catch (error) {
        return explainNetwork(deadline.isOver ? new SlowAnswer() : error)
      } finally {
        deadline.end()
      }
    },
    async stream(path, { timeoutMs, signal: caller }) {
      const deadline = new Deadline(timeoutMs, caller)
      try {
        const { signal } = deadline
        const opened = await sooner(open('GET', path, { signal, bodyTimeout: 0 }, {}), signal)
        if (opened.ok) {
          deadline.met()
          opened.value.body.once('close', () => deadline.end())
          return { ok: true, value: opened.value.body }
        }
        deadline.end()
        return opened
      } catch (error) {
        deadline.end()
        return explainNetwork(deadline.isOver ? new SlowAnswer() : error)
      }
    },
    close: () => agents.close(),
  }
}

async function explained(answer: Dispatcher.ResponseData): Promise<Outcome<Dispatcher.ResponseData>> {
  if (answer.statusCode < 400) return { ok: true, value: answer }
  const text = await answer.body.text()
  const after = answer.headers['retry-after']
  return explainAnswer(answer.statusCode, text, Array.isArray(after) ? after[0] : after)
}

/** An address as people may see it: without a password in it. */
function shownOf(server: string): string {
  const url = new URL(server)
  return url.username || url.password ? server.replace(/\/\/[^@/]*@/, '//') : server
}

type Limits = { signal: AbortSignal; bodyTimeout?: number }

class SlowAnswer extends Error {
  code = 'UND_ERR_HEADERS_TIMEOUT'
}

async function bounded(body: Readable): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > ANSWER_LIMIT_BYTES) throw new Error('answer too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size).toString('utf8')
}
