import { fieldsOf, itemsOf, textOf, wholeOf } from '@/lib/domain/raw'
import { humanDuration } from './duration'
import type { Fields, KubeObject } from './object'

/** One column that `kubectl get` prints; `wide` ones only with `-o wide`. */
export type Column = { name: string; wide?: boolean; cell: (object: KubeObject, nowMs: number) => string }

/** What an object asks for. */
export const specOf = ({ spec }: KubeObject): Fields => fieldsOf(spec)
/** How an object is. */
export const statusOf = ({ status }: KubeObject): Fields => fieldsOf(status)
/** The items of a list, as fields. */
export const all = (raw: unknown): Fields[] => itemsOf(raw).map(fieldsOf)
/** A text, or what kubectl prints for none. */
export const orNone = (text: string) => text || '<none>'
/** A count as text; 0 when it is missing. */
export const count = (raw: unknown) => String(wholeOf(raw))
/** How long ago a time was. */
export const ageFrom = (time: unknown, nowMs: number) => humanDuration(nowMs - Date.parse(textOf(time)))

/** Column: the name of an object. */
export const name: Column = { name: 'Name', cell: ({ metadata }) => metadata.name }
/** Column: the age of an object. */
export const age: Column = {
  name: 'Age',
  cell: ({ metadata }, nowMs) => ageFrom(metadata.creationTimestamp, nowMs),
}

/** Labels as `key=value`. */
export const pairs = (raw: unknown): string =>
  orNone(
    Object.entries(fieldsOf(raw))
      .map(([key, value]) => `${key}=${textOf(value)}`)
      .join(','),
  )
