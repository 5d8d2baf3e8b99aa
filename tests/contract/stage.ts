import { expect, vi } from 'vitest'
import { type Answer, type Client, clientOf } from './client'
import type { FarSide } from './far-side'
import { unserved } from './objects'

const NAMESPACES = '/api/v1/namespaces'
const SLOW = { timeout: 30_000, interval: 100 }

/** A namespace of a story's own, and where its objects live. */
export type Ground = ReturnType<typeof groundAt>

/** One of the contract's stories; it asks for the stage only while it runs. */
export type Story = (stage: () => Stage) => void

const groundAt = (namespace: string) => ({
  namespace,
  ingresses: `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`,
  deployments: `/apis/apps/v1/namespaces/${namespace}/deployments`,
  statefulSets: `/apis/apps/v1/namespaces/${namespace}/statefulsets`,
  autoscalers: `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`,
  budgets: `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`,
  replicaSets: `/apis/apps/v1/namespaces/${namespace}/replicasets`,
  leases: `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`,
  slices: `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`,
  pods: `${NAMESPACES}/${namespace}/pods`,
  services: `${NAMESPACES}/${namespace}/services`,
})

/** What every story works on: the far side, a client of it, and namespaces that go when the stage does. */
export class Stage {
  readonly far: FarSide
  readonly api: Client
  readonly #run = Date.now().toString(36)
  #made = 0
  readonly #namespaces: string[] = []

  constructor(far: FarSide) {
    this.far = far
    this.api = clientOf(far)
  }

  /** Makes a namespace that nobody else uses. */
  async ground(): Promise<Ground> {
    const name = `contract-${this.#run}-${++this.#made}`
    this.#namespaces.push(name)
    expect(await this.api.ask('POST', NAMESPACES, { body: { metadata: { name } } })).toMatchObject({
      status: 201,
    })
    return groundAt(name)
  }

  /** A name that nobody else uses. */
  fresh(): string {
    return `thing-${++this.#made}`
  }

  /** Creates an Ingress that nobody serves. */
  async ingress({ ingresses }: Ground, metadata: object = {}, spec: object = {}) {
    const name = this.fresh()
    const answer = await this.api.ask('POST', ingresses, { body: unserved(name, metadata, spec) })
    expect(answer.status, answer.text).toBe(201)
    return { name, path: `${ingresses}/${name}`, object: answer.body }
  }

  /** Removes its namespaces and waits until they are gone. */
  async clear(): Promise<void> {
    const paths = await this.#end()
    const gone = async (path: string) => expect((await this.api.ask('GET', path)).status).toBe(404)
    for (const path of paths) await vi.waitFor(() => gone(path), SLOW)
  }

  /** Leaves: what namespaces it still has go when the controllers get to them. */
  async close(): Promise<void> {
    await this.#end()
    await this.api.close()
    await this.far.close()
  }

  async #end(): Promise<string[]> {
    const paths = this.#namespaces.splice(0).map(name => `${NAMESPACES}/${name}`)
    for (const path of paths) await this.api.ask('DELETE', path)
    return paths
  }
}

/** Status and reason of a refusal. */
export const reasonOf = ({ status, body }: Answer) => [status, body.reason]

/** A refusal as a person reads it. */
export const saidBy = ({ status, body }: Answer) => [status, body.reason, body.message]

/** The version of an object or of a list. */
export const versionOf = ({ body }: Answer): string => String(body.metadata?.resourceVersion)
