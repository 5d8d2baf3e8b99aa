'use client'
import { useMemo } from 'react'
import type { Listed } from '@/components/board/filter'
import { useContact, useEvery } from '@/components/live'
import { keyOf } from '@/components/operation/use-operation'
import { claimsOf } from '@/lib/domain/claims'
import type { Claims } from '@/lib/domain/model/claims'
import type { Operation } from '@/lib/domain/model/operation'
import type { BoardRelease } from '@/lib/domain/model/release'

export type Connection = Claims['connection']

/** How a cluster is known: how current its facts are, and which kinds of its objects cannot be read. */
export type Sight = { connection: Connection; unreadable: readonly string[] }
/** A cluster nothing has been heard of yet. */
export const plainSight: Sight = { connection: 'live', unreadable: [] }

type Work = Operation['state'] | undefined

const made = new WeakMap<BoardRelease, { sight: Sight; work: Work; listed: Listed }>()

function listedOf(key: string, release: BoardRelease, { sight, work }: { sight: Sight; work: Work }): Listed {
  const before = made.get(release)
  if (before?.sight === sight && before.work === work) return before.listed
  const listed = { key, release, claims: claimsOf({ release, ...sight, work, samples: null }) }
  made.set(release, { sight, work, listed })
  return listed
}

/** How each cluster is known, by name; nothing is live without contact to the server. */
export function useSights(): Readonly<Record<string, Sight>> {
  const clusters = useEvery('cluster')
  const lost = useContact()?.state === 'lost'
  const text = JSON.stringify(
    [...(clusters?.values() ?? [])].map(({ cluster, state, unreadable }) => [
      cluster,
      {
        connection: lost && state === 'live' ? 'stale' : state,
        unreadable: unreadable.map(each => each.kind),
      },
    ]),
  )
  return useMemo(() => Object.fromEntries(JSON.parse(text) as [string, Sight][]), [text])
}

/** Every release on the board with its claims; undefined until the first picture is complete. */
export function useListed(
  sights: Readonly<Record<string, Sight>>,
  latest: ReadonlyMap<string, Operation>,
): Listed[] | undefined {
  const releases = useEvery('board')
  return useMemo(() => {
    if (!releases) return undefined
    return [...releases].map(([key, release]) =>
      listedOf(key, release, {
        sight: sights[release.id.cluster] ?? plainSight,
        work: latest.get(keyOf(release.id))?.state,
      }),
    )
  }, [releases, sights, latest])
}
