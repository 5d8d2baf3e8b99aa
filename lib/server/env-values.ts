import 'server-only'
import { accessSync, constants } from 'node:fs'
import { z } from 'zod'
import { isLoopback } from '@/lib/server/loopback'

/** Every list in the environment is separated by commas; blanks around an entry do not count. */
const entriesOf = (text: string) =>
  text
    .split(',')
    .map(entry => entry.trim())
    .filter(Boolean)

/** A whole number in decimal, nothing else around it. */
export const whole = (least: number, most: number) =>
  z
    .string()
    .refine(text => /^\d{1,12}$/.test(text) && Number(text) >= least && Number(text) <= most, {
      message: `must be a whole number from ${least} to ${most}`,
    })
    .transform(Number)

/** One of two words; true for the first. */
export const either = (yes: string, no: string) =>
  z
    .string()
    .refine(text => text === yes || text === no, { message: `must be ${yes} or ${no}` })
    .transform(text => text === yes)

/** A host name or address to listen on that only this machine can reach. */
export const loopback = z.string().refine(isLoopback, {
  message:
    'must be a loopback address (127.0.0.1, ::1, localhost) as long as no authentication is configured',
})

/** The address people open: scheme, host and port, nothing behind. Empty: none. */
export const origin = z.string().transform((text, context) => {
  if (!text) return null
  const url = URL.canParse(text) ? new URL(text) : null
  const plain = url && /^https?:$/.test(url.protocol) && !url.username && url.pathname === '/' && !url.search
  if (plain) return url
  context.addIssue('must look like https://halftone.example.com, without a path')
  return z.NEVER
})

/** `name=context` or `context`; the name is that of the cluster in Halftone, null where it follows from the context. */
export type NamedContext = { cluster: string | null; context: string }

export const contexts = z.string().transform((text, context): NamedContext[] => {
  const named = entriesOf(text).map(entry => {
    const [, cluster = null, rest = entry] = /^([a-z0-9-]{1,63})=(.+)$/.exec(entry) ?? []
    return { cluster, context: rest }
  })
  const twice = named.find(
    (each, at) => each.cluster && named.findIndex(other => other.cluster === each.cluster) !== at,
  )
  if (twice) context.addIssue(`names the cluster ${twice.cluster} twice`)
  const odd = named.find(each => !each.cluster && /^[^=]*[^a-z0-9=-][^=]*=/.test(each.context))
  if (odd && !odd.context.startsWith('arn:')) {
    context.addIssue(`${odd.context}: the name before "=" may have a-z, 0-9 and "-", at most 63`)
  }
  return named
})

export const namespaces = z.string().transform((text, context) => {
  const names = entriesOf(text)
  const odd = names.find(name => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name))
  if (odd) context.addIssue(`${odd} is not the name of a namespace`)
  return [...new Set(names)]
})

/** Where probes of an IngressClass go. `cluster` is null where it holds for every cluster. */
export type Gateway = { cluster: string | null; className: string; url: string }

export const gateways = z.string().transform((text, context) =>
  entriesOf(text).flatMap((entry): Gateway[] => {
    const [, cluster, className, url] =
      /^(?:([a-z0-9-]{1,63})\/)?([a-z0-9.-]{1,253})=(https?:\/\/\S+)$/.exec(entry) ?? []
    if (className && url && URL.canParse(url) && new URL(url).pathname === '/') {
      return [{ cluster: cluster ?? null, className, url: new URL(url).origin }]
    }
    context.addIssue(`${entry} does not look like class=http://address:port or cluster/class=…`)
    return []
  }),
)

/** A file that can be read now; null where none is named. */
export const readableFile = z.string().transform((text, context) => {
  if (!text) return null
  try {
    accessSync(text, constants.R_OK)
    return text
  } catch {
    context.addIssue(`${text} cannot be read`)
    return z.NEVER
  }
})

export const anyText = z.string().transform(text => text || null)
