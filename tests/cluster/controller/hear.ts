import { sendRaw } from '@/tests/send-raw'

/** One answer: who gave it (the Service's name, or the status where it was none of them), and the cookie it sets. */
export type Heard = { who: string; cookie: string }

/** Asks for `/` on a connection of its own, past every client library. Header names as they are to be sent. */
export async function hear(gatewayUrl: string, headers: Readonly<Record<string, string>>): Promise<Heard> {
  const lines = Object.entries({ ...headers, connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  const port = Number(new URL(gatewayUrl).port || 80)
  const text = await sendRaw(port, `GET / HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  const [head = '', body = ''] = text.split('\r\n\r\n')
  const status = head.split(' ')[1] ?? 'silence'
  return {
    who: status === '200' ? body.trim() : status,
    cookie: /^set-cookie: ([^;]*)/im.exec(head)?.[1] ?? '',
  }
}
