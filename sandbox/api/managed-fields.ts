import { isDeepStrictEqual } from 'node:util'
import { fieldsOf, textOf } from '@/lib/domain/raw'
import type { Draft, Fields, KubeObject } from './object'

/** Which fields one writer owns, as `fieldsV1` nests them: `f:` and the name of each field; a leaf is empty. */
type Tree = { [field: string]: Tree }

/** Who writes, through which part of the object, and when. */
export type Writing = { manager: string; apiVersion: string; subresource: string; nowIso: string }

const SYSTEM = new Set([
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
])

const isMap = (raw: unknown): boolean =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw) && Object.keys(raw).length > 0

/** The part of an object that writers own: all but what the server itself sets. */
function owned(object: Draft | undefined): Fields {
  const { apiVersion: _version, kind: _kind, metadata, ...rest } = fieldsOf(object)
  const own = Object.entries(fieldsOf(metadata)).filter(([key, value]) => !SYSTEM.has(key) && value != null)
  return { ...rest, ...(own.length > 0 && { metadata: Object.fromEntries(own) }) }
}

/** Leaves whose value is new or other than before. Limits: a list counts as one leaf. */
function changedTree(before: unknown, after: unknown): Tree | undefined {
  if (before === after || isDeepStrictEqual(before, after)) return undefined
  if (!isMap(after)) return {}
  const tree: Tree = {}
  for (const [key, value] of Object.entries(fieldsOf(after))) {
    if (value === undefined) continue
    const below = changedTree(fieldsOf(before)[key], value)
    if (below) tree[`f:${key}`] = below
  }
  return tree
}

function united(one: Tree, other: Tree): Tree {
  const tree = { ...one }
  for (const [key, below] of Object.entries(other)) tree[key] = united(tree[key] ?? {}, below)
  return tree
}

const isLeaf = (tree: Tree): boolean => Object.keys(tree).length === 0

/** What stays owned once `taken` has a new owner and only fields of `object` exist; undefined when nothing does. */
function remaining(tree: Tree, taken: Tree | undefined, object: unknown): Tree | undefined {
  if (isLeaf(tree)) return taken || object === undefined ? undefined : tree
  if (taken && isLeaf(taken)) return undefined
  const left: Tree = {}
  for (const [key, below] of Object.entries(tree)) {
    const kept = remaining(below, taken?.[key], fieldsOf(object)[key.slice(2)])
    if (kept) left[key] = kept
  }
  return isLeaf(left) ? undefined : left
}

function treeOf(raw: unknown): Tree {
  return Object.fromEntries(Object.entries(fieldsOf(raw)).map(([key, below]) => [key, treeOf(below)]))
}

/**
 * Who owns which field after a write: the writer takes what it changed, others lose it.
 * Limits: lists are owned as a whole, where the real API server owns items by key.
 * Source: KEP-555 (server-side apply), operation `Update`.
 */
export function managedFieldsAfter(before: KubeObject | undefined, after: Draft, writing: Writing): Fields[] {
  const now = owned(after)
  const taken = changedTree(owned(before), now)
  const entries = before?.metadata.managedFields ?? []
  const isOurs = (entry: Fields) =>
    entry.manager === writing.manager &&
    entry.operation === 'Update' &&
    textOf(entry.subresource) === writing.subresource
  const mine = treeOf(entries.find(isOurs)?.fieldsV1)
  const others = entries.flatMap(entry => {
    if (isOurs(entry)) return []
    const left = remaining(treeOf(entry.fieldsV1), taken, now)
    return left ? [{ ...entry, fieldsV1: left }] : []
  })
  const left = remaining(mine, undefined, now)
  const all = united(left ?? {}, taken ?? {})
  if (isLeaf(all)) return others
  const time = taken ? writing.nowIso : textOf(entries.find(isOurs)?.time)
  return [...others, entryOf(writing, all, time || writing.nowIso)]
}

const entryOf = ({ manager, apiVersion, subresource }: Writing, fieldsV1: Tree, time: string): Fields => ({
  manager,
  operation: 'Update',
  apiVersion,
  time,
  fieldsType: 'FieldsV1',
  fieldsV1,
  ...(subresource && { subresource }),
})
