import 'server-only'

const NEWLINE = 10
const LINE_LIMIT_BYTES = 10 * 1024 * 1024

/**
 * Cuts a stream of bytes into lines. What follows the last newline is not a line: the stream was cut there.
 * Limits: 10 MB a line, then it throws. Time and memory are linear in the bytes, however they are chopped.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  limitBytes = LINE_LIMIT_BYTES,
): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      parts.push(chunk.subarray(start, end))
      size += end - start
      if (size > limitBytes) throw new Error('line too long')
      if (size > 0) yield decoder.decode(parts.length === 1 ? parts[0] : Buffer.concat(parts, size))
      parts = []
      size = 0
      start = end + 1
    }
    if (start < chunk.length) {
      parts.push(chunk.subarray(start))
      size += chunk.length - start
      if (size > limitBytes) throw new Error('line too long')
    }
  }
}
