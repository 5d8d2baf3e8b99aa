import { useEffect } from 'react'
import useSWR, { useSWRConfig } from 'swr'
import { type Contact, isUnder, openStream } from '@/components/live/stream'
import { setClock } from '@/components/ui/clock'
import type { Frame } from '@/lib/contract'

/** Kinds of live values, the first part of their keys. */
export type LiveKind = 'cluster' | 'routes' | 'board' | 'release' | 'samples' | 'half-started' | 'operation'
export type LiveKey<K extends LiveKind = LiveKind> = `${K}/${string}`
export type LiveValue<K extends LiveKind> = NonNullable<Extract<Frame, { key: LiveKey<K> }>['value']>

const kindOf = (key: string) => key.slice(0, key.indexOf('/'))
const everyKey = (kind: string) => `every/${kind}`
const CONTACT = 'contact'

/** Each frame is a whole new value; comparing contents would be slow, and blind to maps. */
const BY_IDENTITY = { compare: Object.is }

type Entry = { key: string; value: unknown }
type Write = (key: string, value: unknown) => void
type Read = (key: string) => unknown

/** Values that say the same keep their identity, so that a reconnect draws nothing anew. */
const same = (a: unknown, b: unknown) => a !== undefined && JSON.stringify(a) === JSON.stringify(b)

function feed(read: Read, write: Write) {
  const known = (kind: string): ReadonlyMap<string, unknown> => {
    const all = read(everyKey(kind))
    return all instanceof Map ? all : new Map()
  }

  const apply = (entries: readonly Entry[]) => {
    const touched = new Map<string, Map<string, unknown>>()
    for (const { key, value } of entries) {
      const kind = kindOf(key)
      const all = touched.get(kind) ?? new Map(known(kind))
      if (same(all.get(key), value)) continue
      touched.set(kind, all)
      if (value === null) all.delete(key)
      else all.set(key, value)
      write(key, value)
    }
    for (const [kind, all] of touched) write(everyKey(kind), all)
  }

  const snapshot = (topic: string, frames: readonly Entry[], keys: readonly string[]) => {
    const listed = new Set(keys)
    const wide = !topic.includes('/')
    const kind = wide ? topic : kindOf(topic)
    const gone = [...known(kind).keys()].filter(key => isUnder(topic, key) && !listed.has(key))
    if (wide && !read(everyKey(kind))) write(everyKey(kind), new Map())
    // A page that asks for one thing must learn that it is not there.
    if (!wide && !listed.has(topic)) write(topic, null)
    apply([...gone.map(key => ({ key, value: null })), ...frames])
  }
  return { apply, snapshot }
}

/** Opens this tab's only stream for a page's topics and feeds it into the SWR cache. Nothing else writes these keys. */
export function useLive(topics: readonly string[]): void {
  const { cache, mutate } = useSWRConfig()
  const wanted = topics.join('\n')
  useEffect(() => {
    const write: Write = (key, value) => void mutate(key, value, false)
    const { apply, snapshot } = feed(key => cache.get(key)?.data, write)
    return openStream(wanted.split('\n'), {
      frame: frame => apply([frame]),
      snapshot,
      contact: contact => write(CONTACT, contact),
      beat: setClock,
    })
  }, [cache, mutate, wanted])
}

/** One live value: undefined until it is known, null once it is gone. */
export function useLiveValue<K extends LiveKind>(key: LiveKey<K>): LiveValue<K> | null | undefined {
  return useSWR<LiveValue<K> | null>(key, null, BY_IDENTITY).data
}

/** All live values of a kind by key; undefined until the first snapshot is complete. The map changes with each frame. */
export function useEvery<K extends LiveKind>(kind: K): ReadonlyMap<string, LiveValue<K>> | undefined {
  return useSWR<ReadonlyMap<string, LiveValue<K>>>(everyKey(kind), null, BY_IDENTITY).data
}

/** Whether this tab hears the server; undefined before the first page opened a stream. */
export function useContact(): Contact | undefined {
  return useSWR<Contact>(CONTACT, null, BY_IDENTITY).data
}
