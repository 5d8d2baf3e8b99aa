import { Agent, request } from 'undici'

type Options = { body?: object; type?: string; headers?: Record<string, string> }
type Answer = { status: number; body: { [key: string]: unknown } }

/** Somebody who asks the API server, by token; `agent` is the name under which the audit log knows the calls. */
export type Client = { ask(method: string, path: string, options?: Options): Promise<Answer> }

/** Speaks to the real API server. Answers that are no JSON have an empty body. */
export function clientAs(server: { apiUrl: string; ca: string }, token: string, agent: string): Client {
  const dispatcher = new Agent({ connect: { ca: server.ca }, connections: 8 })
  return {
    async ask(method, path, { body, type = 'application/json', headers = {} } = {}) {
      const answer = await request(server.apiUrl + path, {
        method: method as 'GET',
        dispatcher,
        headers: {
          accept: 'application/json',
          ...headers,
          authorization: `Bearer ${token}`,
          'user-agent': agent,
          ...(body && { 'content-type': type }),
        },
        body: body ? JSON.stringify(body) : null,
      })
      const text = await answer.body.text()
      return { status: answer.statusCode, body: text.startsWith('{') ? JSON.parse(text) : {} }
    },
  }
}
