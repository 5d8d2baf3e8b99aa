import 'server-only'
import type { RequestOptions } from 'node:https'
import type { KubeConfig } from '@kubernetes/client-node'
import { fail, type Result } from '@/lib/domain/problem'
import { focus } from '@/lib/server/kubernetes/focus'
import { type Outcome, refuse } from '@/lib/server/kubernetes/refusal'

/** What one request must carry, and the TLS settings its connection needs; `tlsKey` changes when they do. */
export type Credentials = {
  headers: Record<string, string>
  tls: Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'rejectUnauthorized' | 'servername'>
  tlsKey: string
}

const FRESH_MS = 5_000
const PLUGIN_LIMIT_MS = 20_000

/** Reads the kubeconfig again as it is on disk now: other programs rewrite it when a token in it expires. */
export type Reread = () => Result<KubeConfig>

/**
 * Reads the credentials of one context as they are now: token files rotate, exec plugins hand out short-lived tokens.
 *
 * Limits: asked again after 5 s or `forget()`; callers meanwhile share one answer, one run of a plugin ends after 20 s. A
 * token file is read again after a minute.
 * Errors: cluster-unreachable naming the missing file or plugin; never a secret.
 */
export class CredentialSource {
  #config: KubeConfig
  #reread: Reread | undefined
  #forgottenMs = Number.NEGATIVE_INFINITY
  #held: { untilMs: number; value: Promise<Outcome<Credentials>> } | undefined

  constructor(config: KubeConfig, context: string, reread?: Reread) {
    this.#config = focus(config, context)
    this.#reread = reread
  }

  now(): Promise<Outcome<Credentials>> {
    const nowMs = performance.now()
    if (this.#held && this.#held.untilMs > nowMs) return this.#held.value
    const value = this.#read()
    this.#held = { untilMs: Number.POSITIVE_INFINITY, value }
    void value.then(read => {
      this.#held = read.ok ? { untilMs: performance.now() + FRESH_MS, value } : undefined
    })
    return value
  }

  /**
   * Drops what is held, an exec plugin's token included: the API server did not accept it. At most every 5 s.
   * A kubeconfig that cannot be read now, or has lost the context, is left aside.
   */
  forget(): void {
    if (performance.now() - this.#forgottenMs < FRESH_MS) return
    this.#forgottenMs = performance.now()
    this.#held = undefined
    const context = this.#config.getCurrentContext()
    const read = this.#reread?.()
    const isUsable = read?.ok && read.value.getContextObject(context)
    this.#config = focus(isUsable ? read.value : this.#config, context)
  }

  async #read(): Promise<Outcome<Credentials>> {
    const options: RequestOptions = {}
    try {
      await within(PLUGIN_LIMIT_MS, this.#config.applyToHTTPSOptions(options))
    } catch (error) {
      return refuse(fail('cluster-unreachable', this.#explain(error)).problem)
    }
    const { ca, cert, key, rejectUnauthorized, servername } = options
    const tls = Object.fromEntries(
      Object.entries({ ca, cert, key, rejectUnauthorized, servername }).filter(([, v]) => v !== undefined),
    )
    const headers = headersOf(options)
    const file: unknown = this.#config.getCurrentUser()?.authProvider?.config?.tokenFile
    if (typeof file === 'string' && !headers.authorization) {
      // Being rewritten just now. What was read is kept for a minute by client-node, so that it must begin anew.
      this.#config = focus(this.#config, this.#config.getCurrentContext())
      return refuse(
        fail('cluster-unreachable', `The file ${file}, which should hold the token, is empty`).problem,
      )
    }
    return { ok: true, value: { headers, tls, tlsKey: JSON.stringify(tls) } }
  }

  #explain(error: unknown): string {
    const user = this.#config.getCurrentUser()
    const plugin: unknown = user?.exec?.command
    const named = typeof plugin === 'string' ? plugin : ''
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (error instanceof Error && error.message === TOO_LONG) {
      return `The program ${named} that hands out the credentials does not finish`
    }
    if (code === 'ENOENT' && error instanceof Error && 'syscall' in error) {
      if (named && String(error.syscall).startsWith('spawn')) {
        return `The program ${named} that hands out the credentials is not installed here`
      }
      if ('path' in error) return `The kubeconfig names the file ${error.path}, which does not exist`
    }
    if (named) return `The program ${named} that hands out the credentials failed; run it by hand to see why`
    return 'The credentials of the kubeconfig cannot be used'
  }
}

function headersOf({ headers, auth }: RequestOptions): Record<string, string> {
  const own: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers ?? {})) {
    // A token file often ends in a newline, which no header may hold.
    if (typeof value === 'string' && value.trim() !== 'Bearer') own[name.toLowerCase()] = value.trim()
  }
  if (typeof auth === 'string') own.authorization = `Basic ${Buffer.from(auth).toString('base64')}`
  return own
}

const TOO_LONG = 'too long'

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(TOO_LONG)), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
