import { Agent } from 'undici'

/** Where an API server answers and with what one may ask it. */
export type Access = { url: string; token: string; ca: string }

const AT_ONCE = 16

/** Does one thing after another with every item, several at once. */
export async function inParallel<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
  width = AT_ONCE,
): Promise<void> {
  const queue = items.values()
  const worker = async () => {
    for (const item of queue) await act(item)
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker))
}

/** Speaks to an API server. Errors: throws what it answers, but that something exists already or is gone is no error. */
export class Api {
  readonly #agent: Agent
  readonly #access: Access

  constructor(access: Access) {
    this.#access = access
    this.#agent = new Agent({ connect: { ca: access.ca }, connections: AT_ONCE })
  }

  read = (path: string): Promise<unknown> => this.#send('GET', path)
  /** The object as the API server keeps it. */
  create = (path: string, object: object): Promise<unknown> => this.#send('POST', path, object)
  /** The object in place of the one that stands there. */
  replace = (path: string, object: object): Promise<unknown> => this.#send('PUT', path, object)
  /** Everything in a collection, or one object. */
  remove = (path: string): Promise<unknown> => this.#send('DELETE', path)
  close = (): Promise<void> => this.#agent.destroy()

  async #send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<unknown> {
    const { url, token } = this.#access
    const answer = await this.#agent.request({
      origin: url,
      path,
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    })
    const text = await answer.body.text()
    const isRepeated = answer.statusCode === (method === 'POST' ? 409 : 404)
    if (answer.statusCode > 299 && !isRepeated) {
      throw new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 400)}`)
    }
    return JSON.parse(text) as unknown
  }
}
