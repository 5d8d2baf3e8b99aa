/** Waits for values that arrive in any order, and says when each was first heard. */
export class Heard {
  #waiting = new Map<number, (atMs: number) => void>()

  /** Units: milliseconds of `performance.now()`. */
  next(value: number): Promise<number> {
    return new Promise(resolve => this.#waiting.set(value, resolve))
  }

  hear(value: number): void {
    this.#waiting.get(value)?.(performance.now())
    this.#waiting.delete(value)
  }
}

/** Reads lines of an endless answer until it ends or is given up. */
export async function eachLine(body: AsyncIterable<Uint8Array>, take: (line: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const chunk of body) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) take(line)
    }
  } catch {
    // Given up by the caller: the measurement is over.
  }
}
