import type { IncomingMessage, ServerResponse } from 'node:http'
import type { User } from './access'
import { isWatch, verbOf } from './address'
import { discovered } from './discovery'
import { answer } from './dispatch'
import { groupVersions, openApi, rootOf } from './open-api'
import { Refusal } from './refusal'
import { askedAt, checkPath, checkRight } from './rights'

/** Answers what is no object of a known kind: health, discovery, and all that is not there. Errors: Forbidden, NotFound. */
export function answerBeside(
  { method = '' }: IncomingMessage,
  response: ServerResponse,
  url: URL,
  user: User,
): void {
  const { pathname } = url
  const asked = askedAt(pathname)
  if (asked) checkRight(user, verbOf(method, asked.name, isWatch(url)) ?? method.toLowerCase(), asked)
  else checkPath(user, method, pathname)
  const found = discovered(pathname) ?? openApi(pathname)
  if (/^\/(readyz|livez|healthz)/.test(pathname)) plain(response, 200, 'ok')
  else if (found) answer(response, 200, found)
  else if (groupVersions.some(each => pathname.startsWith(`/${rootOf(each)}/`)))
    throw new Refusal('NotFound', 'the server could not find the requested resource', {})
  else plain(response, 404, '404 page not found\n')
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(text)
}
