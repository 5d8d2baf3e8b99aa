import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { fieldsOf, itemsOf, textOf } from '@/lib/domain/raw'
import { askOnce } from '@/scripts/cases/request'
import { inParallel } from '@/tests/cluster/differential/api'
import {
  LABEL,
  layersOf,
  manifestIn,
  namespaceIn,
  type Plot,
  servicesOn,
} from '@/tests/cluster/differential/plot'
import type { Side } from '@/tests/cluster/differential/side'
import { ingressesOf, type World } from '@/tests/cluster/differential/world'

/** A world on its plot. */
export type Placed = { world: World; plot: Plot }

const ALL_INGRESSES = '/apis/networking.k8s.io/v1/ingresses'
const INGRESSES = '/apis/networking.k8s.io/v1/namespaces'
/** With two workers, the chance that as many answers in a row all come from one is 1 in 8,000. */
const ANSWERS_IN_A_ROW = 14
const PATIENCE_MS = 60_000

/** Thrown where the gateway went away or never took in what was created. */
export class GatewayLost extends Error {}

/** Namespaces of one side in which worlds are put up and taken down. */
export class Field {
  readonly side: Side
  /** Begins the names of all its namespaces, and no others in the cluster. */
  readonly namespace = `d${randomBytes(4).toString('hex')}`
  readonly #namespaces = new Set<string>()
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

  /** Puts up worlds by age and waits until the gateway obeys all of them; returns the Ingresses as the cluster holds them. */
  async putUp(placed: readonly Placed[]): Promise<unknown[]> {
    await this.#haveNamespaces(placed)
    await this.side.endpoints.ensure(placed.flatMap(({ plot }) => servicesOn(plot)))
    const ages = [...new Set(placed.flatMap(({ world }) => [...layersOf(world).keys()]))].sort(
      (a, b) => a - b,
    )
    const objects: unknown[] = []
    for (const age of ages) {
      await this.side.nextAge()
      const layer = placed.flatMap(({ world, plot }) =>
        (layersOf(world).get(age) ?? []).map(one => manifestIn(plot, one)),
      )
      await inParallel(layer, async manifest => objects.push(await this.#create(manifest)))
    }
    await this.settled()
    return objects
  }

  /** Takes down every Ingress; the Services stay for the next worlds. */
  takeDown(): Promise<void> {
    return inParallel([...this.#namespaces], name => this.side.api.remove(`${INGRESSES}/${name}/ingresses`))
  }

  /** Waits until every worker of the gateway obeys what has been written until now. */
  async settled(): Promise<void> {
    const name = `sentinel-${++this.#sentinels}`
    const namespace = await this.#haveNamespace(`${this.namespace}-sentinel`)
    const { endpoints, api, gatewayPort } = this.side
    await endpoints.ensure([{ namespace, name, ready: true }])
    await api.remove(`${INGRESSES}/${namespace}/ingresses`)
    await api.create(`${INGRESSES}/${namespace}/ingresses`, sentinel(namespace, name))
    const text = `GET / HTTP/1.1\r\nHost: ${name}.${namespace}.test\r\n\r\n`
    const giveUpAt = performance.now() + PATIENCE_MS
    for (let inARow = 0; inARow < ANSWERS_IN_A_ROW; ) {
      const isLate = performance.now() > giveUpAt
      const trouble = this.side.trouble() ?? (isLate ? 'the gateway takes in nothing new' : null)
      if (trouble) throw new GatewayLost([trouble, this.side.complaint()].filter(Boolean).join(': '))
      const answer = await askOnce(gatewayPort, text).catch(() => null)
      if (answer && endpoints.nameAt(answer.body) === `${namespace}/${name}`) inARow++
      else {
        inARow = 0
        await sleep(50)
      }
    }
  }

  #create(manifest: object): Promise<unknown> {
    const { namespace } = fieldsOf(fieldsOf(manifest).metadata)
    return this.side.api.create(`${INGRESSES}/${textOf(namespace)}/ingresses`, manifest)
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

const sentinel = (namespace: string, name: string): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { namespace, name, labels: { [LABEL]: 'true' } },
  spec: {
    ingressClassName: 'nginx',
    rules: [
      {
        host: `${name}.${namespace}.test`,
        http: {
          paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } }],
        },
      },
    ],
  },
})
