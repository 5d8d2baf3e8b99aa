import type { ControllerOptions } from '@/lib/domain/annotation'
import { parseIngress } from '@/lib/domain/ingress'
import { routingOf } from '@/lib/domain/routing'
import { type Aim, aimOf } from '@/sandbox/gateway/aim'
import type { Config } from '@/sandbox/gateway/config'
import type { PeersOf } from '@/sandbox/gateway/peers'

/** How the controller of the harness is started. */
export const OPTIONS: ControllerOptions = { annotationValidation: true }

/** What our model makes of the Ingresses a cluster holds; `peersOf` tells who stands behind a Service's port. */
export const modelOf = (objects: readonly unknown[], peersOf: PeersOf): Config => {
  const ingresses = objects.map(parseIngress)
  return {
    ingresses,
    routing: routingOf(ingresses, OPTIONS),
    peersOf,
    print: '',
    version: '',
    options: OPTIONS,
  }
}

/** Names and values of a request's header lines, one after another. */
const headersIn = (lines: readonly string[]): string[] =>
  lines.flatMap(line => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })

/** Who answers, whether with an affinity cookie, and what was asked for there where it is something else. */
export const answerText = (
  who: string,
  { cookie, asked, target }: { cookie: boolean; asked: string; target: string },
) => `${who}${cookie ? ' cookie' : ''}${asked === target ? '' : ` as ${asked}`}`

function told(aim: Aim, target: string): string {
  if (aim.kind !== 'backend') return String(aim.status)
  const { backend, sticky, path } = aim
  const cookie = sticky !== null && sticky.node === null && sticky.setsCookie
  return answerText(`${backend.namespace}/${backend.service}`, { cookie, asked: path, target })
}

/** The target of a request as it goes over the wire. */
export const targetIn = (text: string): string => text.split(' ')[1] ?? '/'

/** Who answers a request: "namespace/service", " cookie" if it is pinned, " as /path" if rewritten; else a status. */
export function answerOf(model: Config, text: string): string {
  const target = targetIn(text)
  const rawHeaders = headersIn(text.trimEnd().split('\r\n').slice(1))
  return told(aimOf(model, { target, rawHeaders, scheme: 'http', httpsPort: null }), target)
}
