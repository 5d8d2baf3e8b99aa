import 'server-only'
import { z } from 'zod'
import {
  anyText,
  contexts,
  either,
  gateways,
  loopback,
  namespaces,
  origin,
  readableFile,
  whole,
} from '@/lib/server/env-values'

/** One variable: what its text means, the text that holds where it is not set, and what it is for. */
const variable = <T>(value: z.ZodType<T, string>, fallback: string, description: string) =>
  value.prefault(fallback).meta({ description, fallback })

/** Everything the environment may say. Units: names that end in MS are milliseconds. */
export const Environment = z.object({
  PORT: variable(whole(0, 65_535), '3000', 'Port of the dashboard.'),
  HALFTONE_HOST: variable(
    loopback,
    '127.0.0.1',
    'Address to listen on. Only loopback addresses are accepted until authentication exists.',
  ),
  HALFTONE_URL: variable(
    origin,
    '',
    'The address people open where it is not a loopback one, e.g. behind a proxy: `https://halftone.example.com`.',
  ),
  KUBECONFIG: variable(
    anyText,
    '',
    'Kubeconfig files. Without it `~/.kube/config`, or inside a pod its service account.',
  ),
  HALFTONE_CONTEXTS: variable(
    contexts,
    '',
    'Contexts of the kubeconfig to show, separated by commas: `context` or `name=context`. Without it the current one.',
  ),
  HALFTONE_NAMESPACES: variable(
    namespaces,
    '',
    'Namespaces to read, separated by commas. Without it all of them.',
  ),
  HALFTONE_GATEWAYS: variable(
    gateways,
    '',
    'Where probes go, separated by commas: `class=http://address:port` or `cluster/class=…`; a class named several times has so many controller replicas, each of which is asked and proven by itself. Without it the address in the Ingress’s status.',
  ),
  HALFTONE_GATEWAY_CA: variable(
    readableFile,
    '',
    'PEM file of authorities that probes over https trust besides those of the system.',
  ),
  HALFTONE_GATEWAY_INSECURE: variable(
    either('true', 'false'),
    'false',
    '`true`: probes over https accept any certificate.',
  ),
  HALFTONE_SAMPLING: variable(either('on', 'off'), 'on', '`off`: no probe is ever sent.'),
  HALFTONE_READ_ONLY: variable(
    either('true', 'false'),
    'false',
    '`true`: every write is refused, and the page says so.',
  ),
  HALFTONE_DUE_MS: variable(
    whole(0, 600_000),
    '5000',
    'Milliseconds after which the controller must have applied a change.',
  ),
  HALFTONE_WATCH_IDLE_MS: variable(
    whole(100, 600_000),
    '90000',
    'Milliseconds without a byte after which a watch counts as dead and is listed anew.',
  ),
  HALFTONE_PROBE_MS: variable(
    whole(100, 60_000),
    '2000',
    'Milliseconds between two questions whether an API server is there.',
  ),
})
export type Environment = z.infer<typeof Environment>

type Source = Readonly<Record<string, string | undefined>>

/** What stands in `docs/configuration.md` and `.env.example`. */
export const documentedVariables = Object.entries(Environment.shape).map(([name, schema]) => {
  const { fallback, description } = schema.meta() ?? {}
  return { name, fallback: String(fallback), meaning: String(description) }
})

/**
 * Reads all variables in one go; an empty one counts as not set.
 * Errors: every mistake, one text each, with what the variable means; none hides another.
 */
export function parseEnvironment(
  source: Source,
): { ok: true; value: Environment } | { ok: false; mistakes: string[] } {
  const set = Object.entries(source).flatMap(([name, text]) => (text?.trim() ? [[name, text.trim()]] : []))
  const parsed = Environment.safeParse(Object.fromEntries(set))
  if (parsed.success) return { ok: true, value: parsed.data }
  const mistakes = parsed.error.issues.map(({ path: [name], message }) => {
    const about = documentedVariables.find(each => each.name === name)
    return `${String(name)} ${message}\n    ${about?.meaning} Default: ${about?.fallback || 'not set'}.`
  })
  return { ok: false, mistakes }
}

/** The environment as the process was given it: scripts/start.mjs keeps it before Next writes into PORT. */
export function processEnvironment(): Source {
  const kept: Source | undefined = Reflect.get(globalThis, Symbol.for('halftone.environment'))
  return kept ?? process.env
}

/** Proxies between us and API servers, as curl and Go read them. */
export const proxiesOf = (source: Source) => ({
  https: source.HTTPS_PROXY ?? source.https_proxy,
  http: source.HTTP_PROXY ?? source.http_proxy,
  no: source.NO_PROXY ?? source.no_proxy,
})
