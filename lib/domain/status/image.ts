import type { Dialect, Maker } from '@/lib/domain/model/status'
import { parseVersion } from '@/lib/domain/status/version'

/** Which controller an image is. `maker` is null where it does not matter. */
export type ControllerImage = { dialect: Dialect; maker: Maker | null }

/**
 * Names of images, the most particular first. A mirror keeps the end of the name, so ends are compared.
 * Source: canary-semantics.md D.1, D.2.
 */
const IMAGES: readonly [RegExp, Dialect, Maker | null][] = [
  [/(^|\/)cgr\.dev\/.*ingress-nginx-controller$/, 'ingress-nginx', 'chainguard'],
  [/(^|\/)rancher\/(hardened-)?nginx-ingress-controller$/, 'ingress-nginx', 'rancher'],
  [/\/oss\/(v\d+\/)?kubernetes\/ingress\/nginx-ingress-controller$/, 'ingress-nginx', 'aks'],
  [/(^|\/)gitlab-org\/.*ingress-nginx\/controller$/, 'ingress-nginx', 'gitlab'],
  [/(^|\/)bitnami\w*\/nginx-ingress-controller$/, 'ingress-nginx', 'repackaged'],
  [/(^|\/)aliyun-ingress-controller$/, 'ingress-nginx', 'repackaged'],
  [/(^|\/)ingress-nginx\/controller(-chroot)?$/, 'ingress-nginx', 'upstream'],
  [
    /(^|\/)(mirrored-)?(nginx-ingress|ingress-nginx)-controller(-chroot|-amd64|-arm64)?$/,
    'ingress-nginx',
    'upstream',
  ],
  [/(^|\/)(mirrored-)?(library-)?traefik$/, 'traefik', null],
  [/(^|\/)higress\/higress$/, 'higress', null],
]

/** `registry:5000/path/name:tag@sha256:…` without digest, and its tag; empty without one. */
function partsOf(image: string): { name: string; tag: string } {
  const [undigested = ''] = image.split('@')
  const colon = undigested.lastIndexOf(':')
  const isTag = colon > undigested.lastIndexOf('/')
  return isTag
    ? { name: undigested.slice(0, colon).toLowerCase(), tag: undigested.slice(colon + 1) }
    : { name: undigested.toLowerCase(), tag: '' }
}

/** Tells an ingress controller by the name of its image; null for any other image. */
export function controllerImageOf(image: string): ControllerImage | null {
  const { name } = partsOf(image)
  const found = IMAGES.find(([pattern]) => pattern.test(name))
  return found ? { dialect: found[1], maker: found[2] } : null
}

/** The version an image is tagged with, else the one that its pod's label says; null where neither is a version. */
export function versionTextOf(image: string, labels: Readonly<Record<string, string>>): string | null {
  const told = [partsOf(image).tag, labels['app.kubernetes.io/version'] ?? '']
  return told.find(text => parseVersion(text) !== null) ?? null
}
