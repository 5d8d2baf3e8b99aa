import { request } from 'undici'
import type { Sandbox } from '@/sandbox/start'
import type { Json } from '@/tests/contract/client'

/** Asks a sandbox's admin address; with a body it is told something. */
export const adminOf =
  ({ adminUrl }: Pick<Sandbox, 'adminUrl'>) =>
  async (path: string, body?: unknown) => {
    const answer = await request(adminUrl + path, {
      method: body === undefined ? 'GET' : 'POST',
      body: body === undefined ? null : JSON.stringify(body),
    })
    return { status: answer.statusCode, body: (await answer.body.json()) as Json }
  }
