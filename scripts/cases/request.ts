import type { CaseRequest } from '@/scripts/cases/case'
import { type RawAnswer, RawClient } from '@/scripts/cases/raw-client'

/** A case's request as it goes over the wire; `more` adds header lines and a cookie that the case does not write out. */
export function textOf(
  { host, path, headers, cookies }: CaseRequest,
  more: { headers?: string[]; cookie?: string } = {},
) {
  const lines = Object.entries(headers ?? {}).flatMap(([name, values]) =>
    [values].flat().map(value => `${name}: ${value}`),
  )
  const namesHost = Object.keys(headers ?? {}).some(name => name.toLowerCase() === 'host')
  const pairs = Object.entries(cookies ?? {}).map(([name, value]) => `${name}=${value}`)
  if (more.cookie !== undefined) pairs.push(more.cookie)
  const cookieLines = pairs.length > 0 ? [`Cookie: ${pairs.join('; ')}`] : []
  return [
    `GET ${path} HTTP/1.1`,
    ...(namesHost ? [] : [`Host: ${host}`]),
    ...lines,
    ...cookieLines,
    ...(more.headers ?? []),
    '',
    '',
  ].join('\r\n')
}

/** Sends one request on a connection of its own. */
export async function askOnce(port: number, text: string): Promise<RawAnswer> {
  const client = new RawClient(port)
  try {
    return await client.ask(text)
  } finally {
    client.close()
  }
}
