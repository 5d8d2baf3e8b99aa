import { Agent, request } from 'undici'
import type { Sandbox } from '@/sandbox/start'

export type Json = { [key: string]: Json } & { length?: never }
export type Answer = { status: number; headers: Record<string, unknown>; body: Json; text: string }

export const MERGE = 'application/merge-patch+json'
export const STRATEGIC = 'application/strategic-merge-patch+json'
export const JSON_PATCH = 'application/json-patch+json'

type Options = { body?: unknown; type?: string; token?: string; accept?: string; agent?: string }

/** Speaks to a sandbox's API server as any client of Kubernetes does. */
export function clientOf(sandbox: Sandbox) {
  const agent = new Agent({ connect: { ca: sandbox.ca } })
  const open = (method: string, path: string, options: Options, signal?: AbortSignal) =>
    request(sandbox.apiUrl + path, {
      method: method as 'GET',
      dispatcher: agent,
      headers: {
        ...(options.token !== '' && { authorization: `Bearer ${options.token ?? sandbox.tokens.admin}` }),
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

  const admin = async (path: string, body?: unknown) => {
    const answer = await request(sandbox.adminUrl + path, {
      method: body === undefined ? 'GET' : 'POST',
      body: body === undefined ? null : JSON.stringify(body),
    })
    return { status: answer.statusCode, body: (await answer.body.json()) as Json }
  }

  return { ask, watch, admin, close: () => agent.destroy() }
}

export const INGRESSES = '/apis/networking.k8s.io/v1/namespaces/default/ingresses'
export const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments'

export const ingress = (name: string, service = 'service-user-v1', path = `/${name}`) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name },
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        http: {
          paths: [
            { path, pathType: 'Prefix', backend: { service: { name: service, port: { number: 80 } } } },
          ],
        },
      },
    ],
  },
})

export const deployment = (name: string, image: string, spec: object = {}, container: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'app', image, ports: [{ containerPort: 80 }], ...container }] },
    },
    ...spec,
  },
})
