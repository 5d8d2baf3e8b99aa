import { setTimeout as sleep } from 'node:timers/promises'

const FASTEST_MS = 200
const SPREAD_MS = 600

/** Why an image cannot be had, in the kubelet's words. */
export class NoImage extends Error {
  readonly reason: 'ErrImagePull' | 'InvalidImageName'

  constructor(reason: NoImage['reason'], message: string) {
    super(message)
    this.reason = reason
  }
}

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}'
const DIGEST = '[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-f]{32,}'
const REFERENCE = new RegExp(
  `^(?:([A-Za-z0-9.-]+(?::\\d+)?)/)?(${COMPONENT}(?:/${COMPONENT})*)(?::(${TAG}))?(?:@(${DIGEST}))?$`,
)

/** Source: github.com/distribution/reference, ParseNormalizedNamed: a first part without `.` or `:` is no registry. */
function partsOf(image: string) {
  const [, first = '', path = '', tag = '', digest = ''] = REFERENCE.exec(image) ?? []
  if (path === '') throw new NoImage('InvalidImageName', unparsed(image))
  const isHost = /[.:]|^localhost$/.test(first)
  const host = isHost ? first : 'docker.io'
  const repository = isHost ? path : first ? `${first}/${path}` : `library/${path}`
  return { host, repository, tag: tag || (digest ? '' : 'latest'), digest }
}

const unparsed = (image: string) =>
  `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format`

/** What is wrong with an image, as containerd tells it: tags that begin with `no-such` do not exist, nor do hosts under `.invalid`. */
function missing(image: string): NoImage | undefined {
  const { host, repository, tag, digest } = partsOf(image)
  const reference = `${host}/${repository}${digest ? `@${digest}` : `:${tag}`}`
  const failed = `failed to pull and unpack image "${reference}": failed to resolve reference "${reference}"`
  if (/\.invalid(:\d+)?$/.test(host)) {
    const url = `https://${host}/v2/${repository}/manifests/${digest || tag}`
    const why = `failed to do request: Head "${url}": dial tcp: lookup ${host.split(':')[0]}: no such host`
    return new NoImage('ErrImagePull', `rpc error: code = Unknown desc = ${failed}: ${why}`)
  }
  if (!tag.startsWith('no-such')) return undefined
  return new NoImage('ErrImagePull', `rpc error: code = NotFound desc = ${failed}: ${reference}: not found`)
}

/** Images on the node: the first pull of each takes a moment, and all who want it wait for that one. */
export class Images {
  readonly #pulls = new Map<string, Promise<void>>()

  /**
   * Waits until an image is there. Units: returns the milliseconds it took, 0 when it was there already.
   * Errors: throws NoImage.
   */
  async pull(image: string, signal: AbortSignal): Promise<number> {
    const gone = missing(image)
    if (gone) {
      if (gone.reason === 'ErrImagePull') await sleep(FASTEST_MS, undefined, { signal })
      throw gone
    }
    const begun = this.#pulls.get(image)
    if (begun) {
      await begun
      signal.throwIfAborted()
      return 0
    }
    const tookMs = Math.round(FASTEST_MS + Math.random() * SPREAD_MS)
    const pull = sleep(tookMs)
    this.#pulls.set(image, pull)
    await pull
    signal.throwIfAborted()
    return tookMs
  }
}
