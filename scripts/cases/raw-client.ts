import { connect, type Socket } from 'node:net'

/** One answer: its status, its headers by lower-case name, its body. */
export type RawAnswer = { status: number; headers: Map<string, string>; body: string }

const SILENCE_MS = 10_000
const HEAD_END = '\r\n\r\n'

function parseHead(head: string): Pick<RawAnswer, 'status' | 'headers'> {
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  return { status: Number(first.split(' ')[1]), headers: new Map(headers) }
}

/**
 * One connection over which requests are sent exactly as written, one after another.
 * Errors: a closed connection, ten seconds of silence, or an answer without content-length reject.
 */
export class RawClient {
  readonly #socket: Socket
  #heard = ''
  #wake = () => {}

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1')
    this.#socket.on('error', () => undefined)
    this.#socket.on('close', () => this.#wake())
    this.#socket.setTimeout(SILENCE_MS, () => this.#socket.destroy())
    this.#socket.on('data', chunk => {
      this.#heard += chunk
      this.#wake()
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  async ask(request: string): Promise<RawAnswer> {
    this.#socket.write(request, 'latin1')
    while (!this.#heard.includes(HEAD_END)) await this.#more()
    const { status, headers } = parseHead(this.#take(this.#heard.indexOf(HEAD_END)))
    this.#take(HEAD_END.length)
    const length = Number(headers.get('content-length') ?? Number.NaN)
    if (Number.isNaN(length)) throw new Error(`${status} without content-length`)
    while (this.#heard.length < length) await this.#more()
    return { status, headers, body: this.#take(length) }
  }

  #take(characters: number): string {
    const taken = this.#heard.slice(0, characters)
    this.#heard = this.#heard.slice(characters)
    return taken
  }

  async #more(): Promise<void> {
    if (this.#socket.destroyed) throw new Error('the gateway closed the connection')
    await new Promise<void>(resolve => {
      this.#wake = resolve
    })
  }
}
