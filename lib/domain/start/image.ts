import { type Failure, fail } from '@/lib/domain/problem'

const LONGEST = 512
const LONGEST_NAME = 255
const HOST =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?$/
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,128}$/
/** What an algorithm's digest looks like where it is known. */
const KNOWN_DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}|(?!sha(?:256|512):).*)$/
/** A name like this is read as an image's id, not as its name. */
const ID = /^[0-9a-f]{64}$/

function isName(name: string): boolean {
  if (name.length > LONGEST_NAME || ID.test(name)) return false
  const [first = '', ...rest] = name.split('/')
  const isHost = rest.length > 0 && (/[.:A-Z]/.test(first) || first === 'localhost')
  return (isHost ? HOST.test(first) : COMPONENT.test(first)) && rest.every(part => COMPONENT.test(part))
}

function isReference(text: string): boolean {
  const [tagged = '', ...digests] = text.split('@')
  if (digests.length > 1 || !digests.every(digest => DIGEST.test(digest) && KNOWN_DIGEST.test(digest)))
    return false
  const colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1)
  if (colon < 0) return isName(tagged)
  return isName(tagged.slice(0, colon)) && TAG.test(tagged.slice(colon + 1))
}

/**
 * Refuses what is no name of an image: registry, path, tag, digest. Null where it is one.
 *
 * Errors: `invalid-input` with the field `image`. Limits: at most 512 characters; whether it exists is not known.
 * Source: distribution/reference 0.6, regexp.go; opencontainers/go-digest.
 */
export function imageProblem(text: string): Failure | null {
  if (text.length <= LONGEST && isReference(text)) return null
  const title = 'An image is named like registry.example/team/user:v2 or user@sha256:…, without blanks'
  return fail('invalid-input', title, { field: 'image', params: { rule: 'reference' } })
}
