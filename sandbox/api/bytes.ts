import type { KubeObject } from './object'

const kept = new WeakMap<KubeObject, Buffer>()

/** An object as an item of a list, without what the list says for all, written once: objects never change in place. */
function itemBytesOf(object: KubeObject): Buffer {
  const found = kept.get(object)
  if (found) return found
  const { kind: _kind, apiVersion: _version, ...item } = object
  const bytes = Buffer.from(JSON.stringify(item))
  kept.set(object, bytes)
  return bytes
}

/** An object as JSON. */
export function bytesOf(object: KubeObject): Buffer {
  const head = `{"kind":"${object.kind}","apiVersion":"${object.apiVersion}",`
  return Buffer.concat([Buffer.from(head), itemBytesOf(object).subarray(1)])
}

const COMMA = Buffer.from(',')

/** A JSON list of objects, joined without parsing or writing them again. */
export function listBytes(head: string, objects: readonly KubeObject[], tail: string): Buffer {
  const parts: Buffer[] = [Buffer.from(head)]
  objects.forEach((object, i) => {
    if (i > 0) parts.push(COMMA)
    parts.push(itemBytesOf(object))
  })
  parts.push(Buffer.from(tail))
  return Buffer.concat(parts)
}
