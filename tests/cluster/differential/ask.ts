import { type RawAnswer, RawClient } from '@/scripts/cases/raw-client'

const CLIENTS = 8
/** nginx closes a connection after 1,000 requests. */
const ASKS_PER_CONNECTION = 500

async function askOn(port: number, texts: IterableIterator<[number, string]>, answers: RawAnswer[]) {
  let client = new RawClient(port)
  let asked = 0
  const fresh = () => {
    client.close()
    client = new RawClient(port)
    asked = 0
  }
  for (const [at, text] of texts) {
    if (asked++ >= ASKS_PER_CONNECTION) fresh()
    try {
      answers[at] = await client.ask(text)
    } catch {
      fresh()
      answers[at] = await client.ask(text)
    }
  }
  client.close()
}

/** Sends requests over a few connections, new ones at each call, and waits for all the answers. */
export async function askAll(port: number, texts: readonly string[]): Promise<RawAnswer[]> {
  const answers: RawAnswer[] = []
  const queue = texts.entries()
  await Promise.all(
    Array.from({ length: Math.min(CLIENTS, texts.length) }, () => askOn(port, queue, answers)),
  )
  return answers
}
