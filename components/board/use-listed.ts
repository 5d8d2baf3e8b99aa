'use client'
import { useMemo } from 'react'
import type { Listed } from '@/components/board/filter'
import { useContact, useEvery } from '@/components/live'
import { claimsOf } from '@/lib/domain/claims'
import type { Claims } from '@/lib/domain/model/claims'
import type { BoardRelease } from '@/lib/domain/model/release'

export type Connection = Claims['connection']

const made = new WeakMap<BoardRelease, { connection: Connection; listed: Listed }>()

function listedOf(key: string, release: BoardRelease, connection: Connection): Listed {
  const before = made.get(release)
  if (before?.connection === connection) return before.listed
  const listed = { key, release, claims: claimsOf({ release, connection, samples: null }) }
  made.set(release, { connection, listed })
  return listed
}

/** How current each cluster's facts are, by name; nothing is live without contact to the server. */
export function useConnections(): Readonly<Record<string, Connection>> {
  const clusters = useEvery('cluster')
  const lost = useContact()?.state === 'lost'
  const text = JSON.stringify(
    [...(clusters?.values() ?? [])].map(({ cluster, state }) => [
      cluster,
      lost && state === 'live' ? 'stale' : state,
    ]),
  )
  return useMemo(() => Object.fromEntries(JSON.parse(text) as [string, Connection][]), [text])
}

/** Every release on the board with its claims; undefined until the first picture is complete. */
export function useListed(connections: Readonly<Record<string, Connection>>): Listed[] | undefined {
  const releases = useEvery('board')
  return useMemo(() => {
    if (!releases) return undefined
    return [...releases].map(([key, release]) =>
      listedOf(key, release, connections[release.id.cluster] ?? 'live'),
    )
  }, [releases, connections])
}
