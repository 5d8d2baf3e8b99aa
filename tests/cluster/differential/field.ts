import { randomBytes } from 'node:crypto'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import { inParallel } from '@/tests/cluster/differential/api'
import { changesOf } from '@/tests/cluster/differential/change'
import {
  LABEL,
  manifestIn,
  namespaceIn,
  type Plot,
  pathIn,
  servicesOn,
} from '@/tests/cluster/differential/plot'
import { answersSentinel } from '@/tests/cluster/differential/sentinel'
import type { Side } from '@/tests/cluster/differential/side'
import { ingressesOf, layersOf, type World } from '@/tests/cluster/differential/world'

/** A world on its plot. */
export type Placed = { world: World; plot: Plot }

const ALL_INGRESSES = '/apis/networking.k8s.io/v1/ingresses'
const INGRESSES = '/apis/networking.k8s.io/v1/namespaces'

/** Namespaces of one side in which worlds are put up and taken down. */
export class Field {
  readonly side: Side
  /** Begins the names of all its namespaces, and no others in the cluster. */
  readonly namespace = `d${randomBytes(4).toString('hex')}`
  readonly #namespaces = new Set<string>()
  readonly #ingresses = new Map<string, unknown>()
  #sentinels = 0

  private constructor(side: Side) {
    this.side = side
  }

  /** A field on which nothing stands, not even what an interrupted run has left elsewhere. */
  static async open(side: Side): Promise<Field> {
    const left = await side.api.read(`${ALL_INGRESSES}?labelSelector=${LABEL}`)
    await inParallel(itemsOf(fieldsOf(left).items), each => {
      const { namespace, name } = fieldsOf(fieldsOf(each).metadata)
      return side.api.remove(`${INGRESSES}/${textOf(namespace)}/ingresses/${textOf(name)}`)
    })
    return new Field(side)
  }

  /** The Ingresses of its worlds as the cluster holds them. */
  get ingresses(): unknown[] {
    return [...this.#ingresses.values()]
  }

  /** Puts up worlds by age and waits until the gateway obeys all of them. */
  async putUp(placed: readonly Placed[]): Promise<void> {
    await this.#haveNamespaces(placed)
    await this.side.endpoints.ensure(placed.flatMap(({ plot }) => servicesOn(plot)))
    const ages = [...new Set(placed.flatMap(({ world }) => [...layersOf(world).keys()]))].sort(
      (a, b) => a - b,
    )
    for (const age of ages) {
      await this.side.nextAge()
      const layer = placed.flatMap(({ world, plot }) =>
        (layersOf(world).get(age) ?? []).map(one => ({ one, plot })),
      )
      await inParallel(layer, async ({ one, plot }) => {
        const path = pathIn(plot, one)
        const made = await this.side.api.create(path.replace(/\/[^/]*$/, ''), manifestIn(plot, one))
        this.#ingresses.set(path, made)
      })
    }
    await this.settled()
  }

  /** Lets the changes of worlds come about, and waits until the gateway obeys them. */
  async change(placed: readonly Placed[]): Promise<void> {
    const changes = placed.flatMap(({ world, plot }) => changesOf(world).map(change => ({ ...change, plot })))
    await inParallel(changes, async ({ before, after, plot }) => {
      const path = pathIn(plot, before)
      if (after) this.#ingresses.set(path, await this.side.api.replace(path, manifestIn(plot, after)))
      else {
        this.#ingresses.delete(path)
        await this.side.api.remove(path)
      }
    })
    await this.settled()
  }

  /** Takes down every Ingress; the Services stay for the next worlds. */
  takeDown(): Promise<void> {
    this.#ingresses.clear()
    return inParallel([...this.#namespaces], name => this.side.api.remove(`${INGRESSES}/${name}/ingresses`))
  }

  /** Waits until every worker of the gateway obeys what has been written until now. */
  async settled(): Promise<void> {
    const name = `sentinel-${++this.#sentinels}`
    const namespace = await this.#haveNamespace(`${this.namespace}-sentinel`)
    await answersSentinel(this.side, { namespace, name })
  }

  async #haveNamespaces(placed: readonly Placed[]): Promise<void> {
    const names = placed.flatMap(({ world, plot }) =>
      ingressesOf(world).map(({ namespace }) => namespaceIn(plot, namespace)),
    )
    for (const name of new Set(names)) await this.#haveNamespace(name)
  }

  async #haveNamespace(name: string): Promise<string> {
    if (!this.#namespaces.has(name)) {
      await this.side.api.create('/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      })
    }
    if (!name.endsWith('-sentinel')) this.#namespaces.add(name)
    return name
  }
}
