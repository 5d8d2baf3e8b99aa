import type { IncomingMessage, ServerResponse } from 'node:http'
import type { User } from './access'
import { type Address, scopeOf } from './address'
import type { Faults } from './faults'
import { checkRight } from './rights'
import type { Write } from './write-faults'

/** One request on its way through the server. */
export type Exchange = {
  request: IncomingMessage
  response: ServerResponse
  url: URL
  user: User
  address: Address
}

/** A request as faults of writes see it. Limits: `dryRun` in the body of a deletion is not seen. */
export const writeOf = ({ user, address, url }: Exchange, verb: string): Write => ({
  verb,
  kind: address.kind,
  user,
  isDryRun: url.searchParams.has('dryRun'),
})

/** Refuses what somebody may not do, or what faults have taken away. Errors: Forbidden. */
export function checkAccess(faults: Faults, exchange: Exchange, verb: string): void {
  const { user, address } = exchange
  const { kind, name = '', subresource } = address
  const asked = { plural: kind.plural, group: kind.group, name, subresource, namespace: scopeOf(address) }
  const isDenied =
    faults.denies(user, verb, kind) || faults.writes.met(['rbac'], writeOf(exchange, verb)) !== undefined
  checkRight(user, verb, asked, isDenied)
}
