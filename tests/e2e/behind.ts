import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { expect } from '@playwright/test'

type Ask = { method: string; path: string; type?: string; body?: unknown }

export const CANARY = '/apis/networking.k8s.io/v1/namespaces/default/ingresses/user-canary'
export const ORDINARY = '/apis/networking.k8s.io/v1/namespaces/default/ingresses/nginx-ingress'
const V2 = '/apis/apps/v1/namespaces/default/deployments/user-v2'
const PREFIX = 'nginx.ingress.kubernetes.io/'

/** Who the other one is: the name under which the cluster remembers the change. */
export const SOMEBODY = 'mei-laptop'

/** What somebody else does to the cluster behind Halftone's back, with the rights of an administrator. */
export class Behind {
  readonly #server: string
  readonly #ca: Buffer
  readonly #token: string

  constructor(kubeconfig: string) {
    const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8'))
    this.#server = clusters[0].cluster.server
    this.#ca = Buffer.from(clusters[0].cluster['certificate-authority-data'], 'base64')
    this.#token = users.find((user: { name: string }) => user.name === 'admin').user.token
  }

  /** Errors: rejects with what the API server says. */
  #ask({ method, path, type = 'application/json', body }: Ask): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${this.#token}`, 'content-type': type }
      const sent = request(this.#server + path, { method, ca: this.#ca, headers }, answer => {
        let text = ''
        answer.setEncoding('utf8').on('data', piece => {
          text += piece
        })
        answer.on('end', () =>
          (answer.statusCode ?? 0) < 300 ? resolve(text) : reject(new Error(`${method} ${path}: ${text}`)),
        )
      })
      sent.on('error', reject)
      sent.end(body === undefined ? undefined : JSON.stringify(body))
    })
  }

  /** Sets or, with null, removes annotations of ingress-nginx, named without their prefix. */
  async annotate(path: string, annotations: Record<string, string | null>): Promise<void> {
    const named = Object.entries(annotations).map(([key, value]) => [PREFIX + key, value])
    await this.#ask({
      method: 'PATCH',
      path: `${path}?fieldManager=${SOMEBODY}`,
      type: 'application/merge-patch+json',
      body: { metadata: { annotations: Object.fromEntries(named) } },
    })
  }

  async remove(path: string): Promise<void> {
    await this.#ask({ method: 'DELETE', path })
  }

  /** Whether there is an object at this address. */
  async has(path: string): Promise<boolean> {
    return this.#ask({ method: 'GET', path }).then(
      () => true,
      () => false,
    )
  }

  /** An object as it is now. */
  async read(path: string): Promise<{ metadata: { uid: string } }> {
    return JSON.parse(await this.#ask({ method: 'GET', path }))
  }

  async uidOf(path: string): Promise<string> {
    return (await this.read(path)).metadata.uid
  }

  /** Changes an object by a merge patch. */
  async merge(path: string, body: object): Promise<void> {
    await this.#ask({ method: 'PATCH', path, type: 'application/merge-patch+json', body })
  }

  /** Removes an object with all it owns, if it is there; resolves once it is gone. */
  async removeWhole(path: string): Promise<void> {
    if (!(await this.has(path))) return
    await this.#ask({ method: 'DELETE', path, body: { propagationPolicy: 'Foreground' } })
    await expect.poll(() => this.has(path), { timeout: 30_000 }).toBe(false)
  }

  /** The names of all canary Ingresses, from a fresh list. */
  async canaries(): Promise<string[]> {
    const { items } = JSON.parse(
      await this.#ask({ method: 'GET', path: '/apis/networking.k8s.io/v1/ingresses' }),
    )
    return items
      .filter(
        (each: { metadata: { annotations?: Record<string, string> } }) =>
          each.metadata.annotations?.[`${PREFIX}canary`] === 'true',
      )
      .map(({ metadata }: { metadata: { name: string } }) => metadata.name)
      .sort()
  }

  /** Lets the pods of v2 run with this environment; resolves once all of them do. */
  async environmentOfV2(environment: Record<string, string>): Promise<void> {
    const value = Object.entries(environment).map(([name, text]) => ({ name, value: text }))
    const { metadata } = JSON.parse(
      await this.#ask({
        method: 'PATCH',
        path: V2,
        type: 'application/json-patch+json',
        body: [{ op: 'add', path: '/spec/template/spec/containers/0/env', value }],
      }),
    )
    const isDone = async () => {
      const { status } = JSON.parse(await this.#ask({ method: 'GET', path: V2 }))
      const { observedGeneration = 0, replicas, updatedReplicas, readyReplicas } = status
      const isSeen = observedGeneration >= metadata.generation
      return isSeen && updatedReplicas === replicas && readyReplicas === replicas
    }
    await expect.poll(isDone).toBe(true)
  }
}
