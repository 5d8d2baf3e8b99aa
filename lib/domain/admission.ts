import { canaryOf, hasCanaryKey } from '@/lib/domain/annotation'
import { backendsOf, byAge, comparedPath, type ReadIngress } from '@/lib/domain/backend'
import { serversOf } from '@/lib/domain/location'
import { matchTable } from '@/lib/domain/location-match'
import type { Ingress } from '@/lib/domain/model/ingress'
import { CATCH_ALL, type Server } from '@/lib/domain/server'

/** What the webhook answers. `message` is its own text, without the API server's words around it. */
export type Admission = { allowed: true } | { allowed: false; message: string }

const CONTROLLER = { annotationValidation: true }
const PLAIN_PATH = /^\/[A-Za-z0-9._\-/]*$/

const isSame = (a: Ingress, b: Ingress): boolean => a.namespace === b.namespace && a.name === b.name
const lacksHttp = ({ ingress }: ReadIngress): boolean => ingress.rules.some(({ paths }) => paths === null)

/** Source: ingress-nginx 1.15.1, inspector/rules.go ValidatePathType, on by default since 1.12. */
function pathTypeMessage({ rules }: Ingress): string | null {
  const wrong = rules
    .flatMap(({ paths }) => paths ?? [])
    .filter(({ path, pathType }) =>
      pathType === 'Exact' || pathType === 'Prefix' ? !PLAIN_PATH.test(path) : false,
    )
    .map(({ path, pathType }) => `path ${path} cannot be used with pathType ${pathType}`)
  return wrong.length > 0 ? `ingress contains invalid paths: ${wrong.join('\n')}` : null
}

/** Source: ingress-nginx 1.15.1, controller.go CheckIngress; `allow-snippet-annotations` is off by default since 1.9. */
function snippetMessage({ annotations }: Ingress): string | null {
  const snippet = Object.keys(annotations).find(key => key.endsWith('-snippet'))
  if (snippet === undefined) return null
  return `${snippet} annotation cannot be used. Snippet directives are disabled by the Ingress administrator`
}

/** The Ingresses that own a location of exactly this path, as nginx would get it. */
function ownersOf(server: Server | undefined, path: string): Ingress[] {
  if (!server) return []
  return matchTable(server).rules.flatMap(({ path: owned, location }) =>
    owned === path && !location.isDefault && location.ingress ? [location.ingress] : [],
  )
}

function overlapMessage(incoming: ReadIngress, servers: ReadonlyMap<string, Server>): string | null {
  for (const { host, paths } of incoming.ingress.rules) {
    for (const path of paths ?? []) {
      if (!path.backend) continue
      const text = comparedPath(path)
      const owners = ownersOf(servers.get(host || CATCH_ALL), text)
      if (owners.some(owner => isSame(owner, incoming.ingress))) continue
      const clash = owners.find(owner => {
        const areCanaries = incoming.setting.enabled && canaryOf(owner, CONTROLLER).enabled
        return areCanaries || (!hasCanaryKey(incoming.ingress) && !hasCanaryKey(owner))
      })
      if (!clash) continue
      const where = `host "${host || CATCH_ALL}" and path "${text}"`
      return `${where} is already defined in ingress ${clash.namespace}/${clash.name}`
    }
  }
  return null
}

/**
 * What ingress-nginx's webhook says to an Ingress that is about to be created or changed. `others` may hold its old state.
 *
 * Limits: word lists, risk levels and other prefixes are not judged.
 * Source: ingress-nginx 1.15.1, controller.go CheckIngress, checkOverlap: the incoming one counts as the youngest.
 */
export function admit(incoming: Ingress, others: readonly Ingress[]): Admission {
  const refused = (message: string): Admission => ({ allowed: false, message })
  const invalid = pathTypeMessage(incoming) ?? snippetMessage(incoming)
  if (invalid) return refused(invalid)

  const read: ReadIngress = { ingress: incoming, setting: canaryOf(incoming, CONTROLLER) }
  const present = byAge(
    others.filter(other => !isSame(other, incoming)),
    CONTROLLER,
  )
  if (read.setting.enabled && lacksHttp(read) && present.some(({ setting }) => !setting.enabled)) {
    return refused('the webhook crashed: a canary rule has no http section')
  }
  const sorted = [...present.filter(each => !(each.setting.enabled && lacksHttp(each))), read]
  const { byHost } = serversOf({ sorted, backends: backendsOf(sorted), options: CONTROLLER })
  const overlap = overlapMessage(read, byHost)
  return overlap ? refused(overlap) : { allowed: true }
}
