import { isDeepStrictEqual } from 'node:util'
import { fieldsOf, textOf } from '@/lib/domain/raw'
import { Refusal } from '../refusal'

type Container = Record<string, unknown> | unknown[]

const stepsOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))

const isContainer = (raw: unknown): raw is Container => typeof raw === 'object' && raw !== null

/** Source: Kubernetes 1.34, endpoints/handlers/patch.go: whatever fails, the real API server says no more than this. */
const rejected = () =>
  new Refusal('Invalid', 'the server rejected our request due to an error in our request', {})

function read(container: Container, step: string): unknown {
  const found = Array.isArray(container) ? container[indexOf(container, step)] : ownOf(container, step)
  if (found === undefined) throw rejected()
  return found
}

const ownOf = (fields: Record<string, unknown>, step: string): unknown =>
  Object.hasOwn(fields, step) ? fields[step] : undefined

function indexOf(list: unknown[], step: string, end = list.length - 1): number {
  const index = /^(0|[1-9]\d*)$/.test(step) ? Number(step) : Number.NaN
  if (!(index <= end)) throw rejected()
  return index
}

function parentOf(root: Container, path: string): { parent: Container; last: string } {
  const steps = stepsOf(path)
  const last = steps.pop()
  if (last === undefined || last === '__proto__') throw rejected()
  let parent = root
  for (const step of steps) {
    const next = read(parent, step)
    if (!isContainer(next)) throw rejected()
    parent = next
  }
  return { parent, last }
}

function add(root: Container, path: string, value: unknown): void {
  const { parent, last } = parentOf(root, path)
  if (!Array.isArray(parent)) parent[last] = value
  else parent.splice(last === '-' ? parent.length : indexOf(parent, last, parent.length), 0, value)
}

function remove(root: Container, path: string): unknown {
  const { parent, last } = parentOf(root, path)
  const found = read(parent, last)
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else delete parent[last]
  return found
}

function get(root: Container, path: string): unknown {
  const { parent, last } = parentOf(root, path)
  return read(parent, last)
}

function test(root: Container, path: string, value: unknown): void {
  const { parent, last } = parentOf(root, path)
  const found = Array.isArray(parent) ? parent[Number(last)] : ownOf(parent, last)
  if (isDeepStrictEqual(found ?? null, value ?? null)) return
  throw rejected()
}

function run(root: Container, raw: unknown): void {
  const { op, path: rawPath, from, value = null } = fieldsOf(raw)
  const path = textOf(rawPath)
  if (op === 'test') test(root, path, value)
  else if (op === 'add') add(root, path, structuredClone(value))
  else if (op === 'remove') remove(root, path)
  else if (op === 'replace') {
    remove(root, path)
    add(root, path, structuredClone(value))
  } else if (op === 'move') add(root, path, remove(root, textOf(from)))
  else if (op === 'copy') add(root, path, structuredClone(get(root, textOf(from))))
  else throw rejected()
}

/**
 * Applies a JSON patch to a copy of an object.
 * Errors: Invalid when a path is missing or a `test` fails. Source: RFC 6902.
 */
export function jsonPatched(target: object, patch: readonly unknown[]): unknown {
  const root: unknown = structuredClone(target)
  if (!isContainer(root)) throw new Refusal('BadRequest', 'only objects can be patched')
  for (const operation of patch) run(root, operation)
  return root
}
