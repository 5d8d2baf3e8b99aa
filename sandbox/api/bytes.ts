import type { KubeObject } from './object'

const kept = new WeakMap<KubeObject, Buffer>()

/** An object as JSON, written once: objects never change in place. */
export function bytesOf(object: KubeObject): Buffer {
  const found = kept.get(object)
  if (found) return found
  const bytes = Buffer.from(JSON.stringify(object))
  kept.set(object, bytes)
  return bytes
}

const COMMA = Buffer.from(',')

/** A JSON list of objects, joined without parsing or writing them again. */
export function listBytes(head: string, objects: readonly KubeObject[], tail: string): Buffer {
  const parts: Buffer[] = [Buffer.from(head)]
  objects.forEach((object, i) => {
    if (i > 0) parts.push(COMMA)
    parts.push(bytesOf(object))
  })
  parts.push(Buffer.from(tail))
  return Buffer.concat(parts)
}
