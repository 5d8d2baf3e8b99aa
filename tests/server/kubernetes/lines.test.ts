import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linesOf } from '@/lib/server/kubernetes/lines'

async function* chopped(text: string, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text, 'utf8')
  let start = 0
  for (const cut of [...cuts].map(each => each % (bytes.length + 1)).sort((a, b) => a - b)) {
    yield bytes.subarray(start, cut)
    start = cut
  }
  yield bytes.subarray(start)
}

async function read(chunks: AsyncIterable<Uint8Array>, limit?: number): Promise<string[]> {
  const lines: string[] = []
  for await (const line of linesOf(chunks, limit)) lines.push(line)
  return lines
}

test('lines come out whole wherever the bytes were cut, inside a character too', async () => {
  const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter(text => !text.includes('\n'))
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat()), async (lines, cuts) => {
      expect(await read(chopped(lines.map(each => `${each}\n`).join(''), cuts))).toEqual(lines)
    }),
  )
})

test('what follows the last newline was cut off and is no line', async () => {
  expect(await read(chopped('a\n\nb\nhalf', []))).toEqual(['a', 'b'])
})

test('a line longer than the limit ends the reading before it is held in memory', async () => {
  let given = 0
  async function* endless() {
    for (;;) {
      given += 1_000
      yield Buffer.alloc(1_000, 120)
    }
  }
  await expect(read(endless(), 10_000)).rejects.toThrow('line too long')
  expect(given).toBeLessThanOrEqual(12_000)
})
