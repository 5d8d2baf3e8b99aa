import { createHash, randomBytes } from 'node:crypto'
import { affinityText } from '@/lib/domain/affinity-cookie'
import type { BackendAim } from './aim'

/** Keeps one client on one pod: `peer` names it (another one after each failure), `setCookie` is the line to answer with. */
export type Pin = { peer: () => string; setCookie: () => string | null }

const placeOf = (node: string, among: number): number =>
  createHash('md5').update(node).digest().readUInt32BE(0) % Math.max(1, among)

function cookieLine(name: string, value: string, { manners, location, scheme }: BackendAim): string {
  const { cookiePath, maxAge, sameSite } = manners
  const lasting = maxAge === null ? [] : [`Max-Age=${maxAge}`]
  const site = sameSite === null ? [] : [`SameSite=${sameSite}`]
  const secure = scheme === 'https' ? ['Secure'] : []
  return [
    `${name}=${value}`,
    ...lasting,
    `Path=${cookiePath ?? location.path}`,
    ...secure,
    'HttpOnly',
    ...site,
  ].join('; ')
}

/**
 * The pod a client with session affinity is kept on; null where its backend has none.
 * Limits: a client that already carries a cookie gets no new one, not even when its backend changed.
 * Source: ingress-nginx 1.15.1, balancer/sticky.lua balance, balancer/sticky_balanced.lua.
 */
export function pinOf(aim: BackendAim): Pin | null {
  const { sticky, peers } = aim
  if (!sticky) return null
  const node = sticky.node ?? randomBytes(8).toString('hex')
  const isNew = sticky.node === null
  let turn = placeOf(node, peers.length)
  return {
    peer: () => peers[turn++ % peers.length] ?? '',
    setCookie: () =>
      isNew && sticky.setsCookie ? cookieLine(sticky.cookieName, affinityText(node, sticky.key), aim) : null,
  }
}
