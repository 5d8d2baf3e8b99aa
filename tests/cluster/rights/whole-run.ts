import { expect, vi } from 'vitest'
import type { Release } from '@/lib/domain/model/release'
import type { Client } from '@/tests/cluster/rights/client'

/** Units: milliseconds. */
const PATIENCE = { timeout: 60_000, interval: 100 }
const MERGE = 'application/merge-patch+json'

/** One release as a person works with it, through the product's own HTTP. */
export class WholeRun {
  readonly #url: string
  readonly #cluster: string
  readonly #release: string

  /** `release` is `namespace/name` of the canary Ingress. */
  constructor(url: string, cluster: string, release: string) {
    this.#url = url
    this.#cluster = cluster
    this.#release = release
  }

  get #api() {
    return `${this.#url}/api/clusters/${this.#cluster}/releases/${this.#release}`
  }

  async #ask(method: string, path: string, body?: object): Promise<Response> {
    return fetch(this.#api + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  }

  async #version(): Promise<string> {
    const release: Release = JSON.parse(await (await this.#ask('GET', '')).text())
    return release.resourceVersion
  }

  /** Board and release page, and the first words of the stream that fills them. */
  async look(): Promise<void> {
    await vi.waitFor(async () => expect((await this.#ask('GET', '')).status).toBe(200), PATIENCE)
    for (const page of ['', `releases/${this.#cluster}/${this.#release}`]) {
      expect((await fetch(`${this.#url}/${page}`)).status).toBe(200)
    }
    const topics = ['board', 'routes', `release/${this.#cluster}/${this.#release}`]
    const query = new URLSearchParams(topics.map(topic => ['topic', topic]))
    const stopping = new AbortController()
    const { status } = await fetch(`${this.#url}/api/stream?${query}`, { signal: stopping.signal })
    stopping.abort()
    expect(status).toBe(200)
    expect((await this.#ask('GET', '/samples')).status).toBe(200)
  }

  async weight(weight: number): Promise<number> {
    const resourceVersion = await this.#version()
    return (await this.#ask('PUT', '/weight', { weight, resourceVersion })).status
  }

  async rules(): Promise<number> {
    const resourceVersion = await this.#version()
    const header = { name: 'role', value: 'test' }
    return (await this.#ask('PUT', '/rules', { header, cookie: 'vip_user', resourceVersion })).status
  }

  async rollBack(): Promise<number> {
    return (await this.#ask('POST', '/rollback', {})).status
  }

  /** Moves the weight while somebody keeps relabelling the Ingress, until `isMet`: a write that comes second reads anew. */
  async meet(somebody: Client, isMet: () => boolean): Promise<void> {
    const [namespace, name] = this.#release.split('/')
    const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/${name}`
    let isOver = false
    const relabel = async () => {
      for (let count = 0; !isOver; count += 1) {
        const body = { metadata: { labels: { count: String(count) } } }
        await somebody.ask('PATCH', path, { body, type: MERGE })
      }
    }
    const relabelling = relabel()
    let weight = 10
    const metOnce = async () => {
      weight += 1
      await this.weight(weight)
      expect(isMet()).toBe(true)
    }
    await vi.waitFor(metOnce, PATIENCE).finally(() => {
      isOver = true
    })
    await relabelling
  }
}
