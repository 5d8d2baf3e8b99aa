import { eachLine } from '@/bench/run/lines'
import { CLUSTER } from '@/bench/run/product'
import type { Frame } from '@/lib/contract'
import { claimsOf } from '@/lib/domain/claims'
import type { Claims, Evidence } from '@/lib/domain/model/claims'
import type { Release } from '@/lib/domain/model/release'
import type { Samples } from '@/lib/domain/model/samples'
import { CANARY } from '@/tests/cluster/timing/release'
import type { Asker } from '@/tests/cluster/timing/witness'

/** What the screen says from `atMs` on: of which configuration, and how well founded each part is. */
export type Saying = {
  atMs: number
  weight: number
  cookie: string | null
  evidence: Record<Asker, Evidence | null>
  /** When the change was in effect, as the screen has it. */
  inEffectMs: number | null
}

/** The release page without a browser: reads the same stream, and says what `claimsOf` allows, frame by frame. */
export class Screen {
  readonly #gone = new AbortController()
  readonly #url: string
  readonly #namespace: string
  #release: Release | null = null
  #samples: Samples | null = null
  #sayings: Saying[] = []

  private constructor(url: string, namespace: string) {
    this.#url = url
    this.#namespace = namespace
  }

  /** Opens the page of the release in this namespace. */
  static async open(url: string, namespace: string): Promise<Screen> {
    const screen = new Screen(url, namespace)
    const topics = [`release/${screen.#id}`, `samples/${screen.#id}`].map(each => `topic=${each}`).join('&')
    const { body } = await fetch(`${url}/api/stream?${topics}`, { signal: screen.#gone.signal })
    if (!body) throw new Error('the stream has no body')
    void eachLine(body, line => screen.#take(line))
    return screen
  }

  close(): void {
    this.#gone.abort()
  }

  /** What was said from then on. */
  since(ms: number): Saying[] {
    return this.#sayings.filter(each => each.atMs >= ms)
  }

  forget(): void {
    this.#sayings = this.#sayings.slice(-1)
  }

  /** Sets the weight as the slider does. Errors: throws what the API answers. */
  setWeight(weight: number): Promise<void> {
    return this.#put('weight', { weight })
  }

  setCookie(cookie: string | null): Promise<void> {
    return this.#put('rules', { header: null, cookie })
  }

  /** How often everyone's lane is probed. Units: probes a second. */
  setPace(perSecond: number): Promise<void> {
    return this.#send('sampling', { perSecond })
  }

  async #put(what: string, change: object): Promise<void> {
    const { resourceVersion } = (await (await fetch(this.#address)).json()) as Release
    await this.#send(what, { ...change, resourceVersion })
  }

  get #address(): string {
    return `${this.#url}/api/clusters/${CLUSTER}/releases/${this.#namespace}/${CANARY}`
  }

  get #id(): string {
    return `${CLUSTER}/${this.#namespace}/${CANARY}`
  }

  async #send(what: string, body: object): Promise<void> {
    const answer = await fetch(`${this.#address}/${what}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`PUT ${what}: ${answer.status} ${await answer.text()}`)
    await answer.body?.cancel()
  }

  #take(line: string): void {
    if (!line.startsWith('data: {"key"')) return
    const { key, value } = JSON.parse(line.slice(6)) as Frame
    if (key === `release/${this.#id}`) this.#release = value as Release | null
    else if (key === `samples/${this.#id}`) this.#samples = value as Samples | null
    else return
    if (!this.#release) return
    const facts = { connection: 'live' as const, samples: this.#samples, unreadable: [] }
    this.#say(this.#release, claimsOf({ release: this.#release, ...facts }))
  }

  #say({ weight, rules }: Release, { truth, change }: Claims): void {
    const evidenceOf = (id: 'share' | 'rules') =>
      truth.flatMap(each => (each.id === id && 'evidence' in each ? [each.evidence] : []))[0] ?? null
    const everyone = change.evidence === 'in-effect' ? 'in-effect' : evidenceOf('share')
    this.#sayings.push({
      atMs: Date.now(),
      weight,
      cookie: rules.cookie,
      evidence: { everyone, cookie: rules.cookie === null ? everyone : evidenceOf('rules') },
      inEffectMs: change.inEffectAt === null ? null : Date.parse(change.inEffectAt),
    })
  }
}
