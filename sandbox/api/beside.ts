import type { IncomingMessage, ServerResponse } from 'node:http'
import type { User } from './access'
import { isWatch, verbOf } from './address'
import { discovered } from './discovery'
import { answer } from './dispatch'
import { groupVersions, openApi, openApiV2, rootOf } from './open-api'
import { Refusal } from './refusal'
import { askedAt, checkPath, checkRight } from './rights'

/** Answers what is no object of a known kind: health, discovery, and all that is not there. Errors: Forbidden, NotFound. */
export function answerBeside(request: IncomingMessage, response: ServerResponse, url: URL, user: User): void {
  const { method = '' } = request
  const { pathname } = url
  const asked = askedAt(pathname)
  if (asked) checkRight(user, verbOf(method, asked.name, isWatch(url)) ?? method.toLowerCase(), asked)
  else checkPath(user, method, pathname)
  const found = discovered(pathname) ?? openApi(pathname)
  const old = openApiV2(pathname, request)
  if (/^\/(readyz|livez|healthz)/.test(pathname)) send(response, 200, { type: TEXT, bytes: 'ok' })
  else if (old) send(response, 200, old)
  else if (found) answer(response, 200, found)
  else if (groupVersions.some(each => pathname.startsWith(`/${rootOf(each)}/`)))
    throw new Refusal('NotFound', 'the server could not find the requested resource', {})
  else send(response, 404, { type: TEXT, bytes: '404 page not found\n' })
}

const TEXT = 'text/plain; charset=utf-8'

function send(
  response: ServerResponse,
  status: number,
  body: { type: string; bytes: Buffer | string },
): void {
  response.writeHead(status, { 'content-type': body.type, 'content-length': Buffer.byteLength(body.bytes) })
  response.end(body.bytes)
}
