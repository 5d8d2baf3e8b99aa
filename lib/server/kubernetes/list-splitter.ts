import 'server-only'

const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET, COMMA] = [
  34, 92, 123, 125, 91, 93, 44,
] as const
const ITEM_LIMIT_BYTES = 10 * 1024 * 1024
const ITEMS = /"items"\s*:\s*$/

/**
 * Cuts the JSON of a Kubernetes list into its items while it arrives, so that they are parsed one by one: a whole page of
 * parsed objects at once would outlive the young generation and grow the heap several times over.
 *
 * Limits: 10 MB an item, then it throws. Only the text is cut; whether it is JSON is seen when it is parsed.
 */
export class ListSplitter {
  #item: (text: string) => void
  #limitBytes: number
  /** Everything but the items. */
  #rest: Buffer[] = []
  #restBytes = 0
  #parts: Buffer[] = []
  #partBytes = 0
  #depth = 0
  #isInItems = false
  #isInString = false
  #isEscaped = false

  constructor(item: (text: string) => void, limitBytes = ITEM_LIMIT_BYTES) {
    this.#item = item
    this.#limitBytes = limitBytes
  }

  push(bytes: Uint8Array): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    /** Where what is not yet kept begins; an item's bytes are at depth 3 and more. */
    let start = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false
        else if (byte === BACKSLASH) this.#isEscaped = true
        else if (byte === QUOTE) this.#isInString = false
      } else if (byte === QUOTE) this.#isInString = true
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (this.#isInItems && this.#depth === 2) start = at
        this.#depth += 1
        if (byte === OPEN_BRACKET && this.#depth === 2) start = this.#enter(chunk, start, at)
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.#depth -= 1
        if (this.#isInItems && this.#depth === 2) start = this.#leaveItem(chunk, start, at)
        if (this.#isInItems && this.#depth === 1) start = this.#leaveItems(at)
      } else if (byte === COMMA && this.#isInItems && this.#depth === 2) start = at + 1
    }
    this.#keep(chunk.subarray(start))
  }

  /** The list without its items. Errors: throws where it is no JSON or was cut off. */
  end(): unknown {
    return JSON.parse(Buffer.concat(this.#rest, this.#restBytes).toString('utf8'))
  }

  #enter(chunk: Buffer, start: number, at: number): number {
    const before = Buffer.concat([...this.#rest, chunk.subarray(start, at)]).toString('latin1')
    if (!ITEMS.test(before)) return start
    this.#keepRest(chunk.subarray(start, at + 1))
    this.#isInItems = true
    return at + 1
  }

  #leaveItem(chunk: Buffer, start: number, at: number): number {
    const last = chunk.subarray(start, at + 1)
    const whole = this.#parts.length ? Buffer.concat([...this.#parts, last]) : last
    this.#parts = []
    this.#partBytes = 0
    this.#item(whole.toString('utf8'))
    return at + 1
  }

  #leaveItems(at: number): number {
    this.#isInItems = false
    return at
  }

  #keep(bytes: Buffer): void {
    if (!this.#isInItems) this.#keepRest(bytes)
    if (!this.#isInItems || this.#depth < 3 || bytes.length === 0) return
    this.#parts.push(bytes)
    this.#partBytes += bytes.length
    if (this.#partBytes > this.#limitBytes) throw new Error('item too long')
  }

  #keepRest(bytes: Buffer): void {
    this.#rest.push(bytes)
    this.#restBytes += bytes.length
    if (this.#restBytes > this.#limitBytes) throw new Error('list too long')
  }
}
