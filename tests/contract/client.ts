import { Agent, request } from 'undici'

export type Json = { [key: string]: Json } & { length?: never }
export type Answer = { status: number; headers: Record<string, unknown>; body: Json; text: string }

export const MERGE = 'application/merge-patch+json'
export const STRATEGIC = 'application/strategic-merge-patch+json'
export const JSON_PATCH = 'application/json-patch+json'

/** Where an API server answers, what vouches for it, and as whom to ask. */
export type Reached = { apiUrl: string; ca: string; tokens: { admin: string } }

/** `token` is the admin's unless given; '' sends none. `agent` is the user agent. */
type Options = { body?: unknown; type?: string; token?: string; accept?: string; agent?: string }

export type Client = ReturnType<typeof clientOf>

/** Speaks to an API server as any client of Kubernetes does. */
export function clientOf({ apiUrl, ca, tokens }: Reached) {
  const agent = new Agent({ connect: { ca } })
  const open = (method: string, path: string, options: Options, signal?: AbortSignal) =>
    request(apiUrl + path, {
      method: method as 'GET',
      dispatcher: agent,
      headers: {
        ...(options.token !== '' && { authorization: `Bearer ${options.token ?? tokens.admin}` }),
        'user-agent': options.agent ?? 'tester/1.0',
        ...(options.accept && { accept: options.accept }),
        ...(options.body !== undefined && { 'content-type': options.type ?? 'application/json' }),
      },
      body:
        options.body === undefined
          ? null
          : typeof options.body === 'string'
            ? options.body
            : JSON.stringify(options.body),
      ...(signal && { signal }),
    })

  async function ask(method: string, path: string, options: Options = {}): Promise<Answer> {
    const { statusCode, headers, body } = await open(method, path, options)
    const text = await body.text()
    const parsed = text.startsWith('{') ? (JSON.parse(text) as Json) : ({} as Json)
    return { status: statusCode, headers, body: parsed, text }
  }

  /** Events of a watch as they come, until `stop`. */
  async function watch(path: string, options: Options = {}) {
    const stopping = new AbortController()
    const { body, statusCode } = await open('GET', path, options, stopping.signal)
    const events: { type: string; object: Json }[] = []
    const state = { events, status: statusCode, ended: false, stop: () => stopping.abort() }
    const read = async () => {
      let rest = ''
      body.setEncoding('utf8')
      for await (const chunk of body) {
        const lines = `${rest}${chunk}`.split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) events.push(JSON.parse(line) as (typeof events)[number])
      }
    }
    void read()
      .catch(() => undefined)
      .finally(() => {
        state.ended = true
      })
    return state
  }

  return { ask, watch, close: () => agent.destroy() }
}
