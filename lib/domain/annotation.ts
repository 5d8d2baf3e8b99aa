import { parseGoBool, parseGoInt, trimmedLines } from '@/lib/domain/go-text'
import type { Ingress } from '@/lib/domain/model/ingress'

/** How the controller was started. `annotationValidation`: on by default from 1.12. */
export type ControllerOptions = { annotationValidation: boolean }

/**
 * What the controller reads from a canary Ingress.
 *
 * Units: `weight` and `weightTotal` are whole numbers as written; a total of 100 or less counts as 100 when drawing.
 * Shapes: texts are "" where missing, empty or refused. `enabled` false makes it an ordinary Ingress.
 */
export type CanarySetting = {
  enabled: boolean
  weight: number
  weightTotal: number
  header: string
  value: string
  pattern: string
  cookie: string
  behavior: 'sticky' | 'legacy'
}

/** Cookie affinity of an ordinary Ingress. */
export type AffinitySetting = { cookieName: string }

type Annotated = Pick<Ingress, 'annotations'>
type Accepts = (text: string) => boolean

const PREFIX = 'nginx.ingress.kubernetes.io/'
const BASIC = /^[/\-._~a-zA-Z0-9:]*$/
const REGEX = /^[/\-._~a-zA-Z0-9:^$[\](){}*+?|&=\\]*$/
const WITH_CAPTURE = /^\/?[-._~a-zA-Z0-9/:$]*$/

const acceptsBasic: Accepts = text => BASIC.test(text.replaceAll(' ', ''))
const acceptsRegex: Accepts = text => REGEX.test(text)
const acceptsNames: Accepts = text => text.split(',').every(name => REGEX.test(trimmedLines(name)))
const oneOf =
  (...options: string[]): Accepts =>
  text =>
    options.includes(trimmedLines(text))

function readText(
  { annotations }: Annotated,
  key: string,
  { annotationValidation }: ControllerOptions,
  accepts: Accepts,
): string {
  const written = annotations[PREFIX + key]
  if (!written || (annotationValidation && !accepts(written))) return ''
  return trimmedLines(written)
}

/** A whole number; null where missing or none. Source: as readText, GetIntAnnotation. */
const readInt = ({ annotations }: Annotated, key: string): number | null =>
  parseGoInt(annotations[PREFIX + key] ?? '')

/** A truth value; false where missing or none. */
const readBool = ({ annotations }: Annotated, key: string): boolean =>
  parseGoBool(annotations[PREFIX + key] ?? '') ?? false

/**
 * Reads the canary annotations exactly as the controller does: what it refuses is as if not written.
 *
 * Source: ingress-nginx 1.15.1, annotations/canary/main.go, parser/main.go, parser/validators.go.
 */
export function canaryOf(ingress: Annotated, options: ControllerOptions): CanarySetting {
  const basic = (key: string) => readText(ingress, key, options, acceptsBasic)
  const behavior = readText(ingress, 'affinity-canary-behavior', options, oneOf('sticky', 'legacy'))
  return {
    enabled: readBool(ingress, 'canary'),
    weight: readInt(ingress, 'canary-weight') ?? 0,
    weightTotal: readInt(ingress, 'canary-weight-total') ?? 100,
    header: basic('canary-by-header'),
    value: basic('canary-by-header-value'),
    pattern: readText(ingress, 'canary-by-header-pattern', options, acceptsRegex),
    cookie: basic('canary-by-cookie'),
    behavior: behavior === 'legacy' ? 'legacy' : 'sticky',
  }
}

const TEXTS: Readonly<Record<string, Accepts>> = {
  'canary-by-header': acceptsBasic,
  'canary-by-header-value': acceptsBasic,
  'canary-by-header-pattern': acceptsRegex,
  'canary-by-cookie': acceptsBasic,
}

/** Keys, without prefix, of the rules' annotations whose text the controller refuses for its signs. */
export const refusedTexts = ({ annotations }: Annotated): string[] =>
  Object.entries(TEXTS)
    .filter(([key, accepts]) => !accepts(annotations[PREFIX + key] ?? ''))
    .map(([key]) => key)

/**
 * Does the parser report rules without `canary` being true: the controller then takes the Ingress for an ordinary one.
 *
 * Source: ingress-nginx 1.15.1, annotations/canary/main.go: "configured but not enabled".
 */
export const isConfiguredButNotEnabled = (setting: CanarySetting): boolean =>
  !setting.enabled &&
  (setting.weight > 0 ||
    [setting.header, setting.value, setting.pattern, setting.cookie].some(text => text !== ''))

/** Carries an Ingress any canary annotation, whether the controller heeds it or not. */
export const hasCanaryAnnotation = ({ annotations }: Annotated): boolean =>
  Object.keys(annotations).some(key => key === `${PREFIX}canary` || key.startsWith(`${PREFIX}canary-`))

/** Does the webhook count an Ingress as having a `canary` annotation: any value does. */
export const hasCanaryKey = ({ annotations }: Annotated): boolean => `${PREFIX}canary` in annotations

/** Cookie affinity as an ordinary Ingress asks for it; null without. Source: annotations/sessionaffinity/main.go. */
export function affinityOf(
  ingress: Annotated,
  options: ControllerOptions = { annotationValidation: true },
): AffinitySetting | null {
  if (readText(ingress, 'affinity', options, oneOf('cookie')) !== 'cookie') return null
  return { cookieName: readText(ingress, 'session-cookie-name', options, acceptsBasic) || 'INGRESSCOOKIE' }
}

/** Further names of an Ingress's hosts, sorted. Source: annotations/alias/main.go. */
export function aliasesOf(ingress: Annotated, options: ControllerOptions): readonly string[] {
  const names = readText(ingress, 'server-alias', options, acceptsNames).split(',').map(trimmedLines)
  return [...new Set(names.filter(Boolean))].sort()
}

/** Do the paths of an Ingress count as regular expressions, and what are they rewritten to; "" is nothing. */
export type RewriteSetting = { target: string; useRegex: boolean }

export const noRewrite: RewriteSetting = { target: '', useRegex: false }

/** How an Ingress asks for its paths to be matched and rewritten. Source: annotations/rewrite/main.go. */
export function rewriteOf(ingress: Annotated, options: ControllerOptions): RewriteSetting {
  const target = readText(ingress, 'rewrite-target', options, text => WITH_CAPTURE.test(text))
  return { target, useRegex: readBool(ingress, 'use-regex') }
}

/** The Service that answers in place of one without endpoints; "" without. Source: annotations/defaultbackend/main.go. */
export const stopgapOf = (ingress: Annotated): string => {
  const service = readText(ingress, 'default-backend', { annotationValidation: false }, () => true)
  return /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(service) ? service : ''
}
