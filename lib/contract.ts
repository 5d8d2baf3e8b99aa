import { z } from 'zod'
import type { DecisionView as View } from '@/lib/domain/decision-view'
import type { ClusterState } from '@/lib/domain/model/cluster'
import type { Operation } from '@/lib/domain/model/operation'
import type { BoardRelease, Release, ReleaseId, Route } from '@/lib/domain/model/release'
import type { Answered, CannotMeasure, Samples } from '@/lib/domain/model/samples'
import type { HalfStarted } from '@/lib/domain/model/start'

/** Why, in the words of whoever acts; at most 500 characters. Every write takes one. */
const reason = z.string().max(500).optional()

const resourceVersion = z.string().regex(/^\d{1,20}$/)

/** Body of PUT R/weight. Range and total are the domain's to judge: they depend on the release. */
export const SetWeight = z.strictObject({
  weight: z.int().nonnegative(),
  weightTotal: z.int().positive().optional(),
  resourceVersion,
  reason,
})
export type SetWeight = z.infer<typeof SetWeight>

const HeaderInput = z.strictObject({
  name: z.string(),
  value: z.string().optional(),
  pattern: z.string().optional(),
  example: z.string().optional(),
})

/** Body of PUT R/rules: replaces all rules. Characters are the domain's to judge. */
export const SetRules = z.strictObject({
  header: HeaderInput.nullable(),
  cookie: z.string().nullable(),
  resourceVersion,
  reason,
})
export type SetRules = z.infer<typeof SetRules>

/** Body of POST R/rollback. No version is asked for: rollback never waits. */
export const RollBack = z.strictObject({
  reason,
  /** Second confirmation for a release that another controller owns. */
  evenThoughOwned: z.boolean().optional(),
})
export type RollBack = z.infer<typeof RollBack>

/** Body of PUT R/sampling. What is left out stays as it is; null takes `versionFrom` away. */
export const SetSampling = z.strictObject({
  perSecond: z.number().positive().max(50).optional(),
  path: z.string().max(512).optional(),
  host: z.string().max(253).optional(),
  versionFrom: z
    .union([z.strictObject({ header: z.string().max(63) }), z.strictObject({ body: z.string().max(128) })])
    .nullable()
    .optional(),
  reason,
})
export type SetSampling = z.infer<typeof SetSampling>

/** Body of POST C/decide: a request as a client would send it. */
export const AskDecision = z.strictObject({
  namespace: z.string().max(63).optional(),
  ingress: z.string().max(253).optional(),
  /** The canary Ingress whose controller is asked; without it any class of ingress-nginx may answer. */
  release: z.strictObject({ namespace: z.string().max(63), name: z.string().max(253) }).optional(),
  host: z.string().max(253),
  path: z.string().max(2048).startsWith('/'),
  headers: z.record(z.string().max(128), z.string().max(4096)).optional(),
  cookies: z.record(z.string().max(128), z.string().max(4096)).optional(),
})
export type AskDecision = z.infer<typeof AskDecision>

/** Answer of POST C/decide. */
export type DecisionView = View

const name = z.string().max(253)

/** Body of POST C/releases: starts a release. What is left out is taken from the stable version; names from the next that are free. */
export const StartRelease = z.strictObject({
  namespace: z.string().max(63),
  ingress: name,
  host: name,
  path: z.string().max(2048),
  pathType: z.enum(['Exact', 'Prefix', 'ImplementationSpecific']).optional(),
  deployment: name.optional(),
  container: z.string().max(63).optional(),
  suffix: z.string().max(63).optional(),
  name: name.optional(),
  image: z.string().max(512),
  replicas: z.int().nonnegative().max(1000).optional(),
  /** Variables that differ from the stable version's; null takes one away. */
  env: z.record(z.string().max(253), z.string().max(4096).nullable()).optional(),
  rules: z.strictObject({ header: HeaderInput.nullable(), cookie: z.string().nullable() }).optional(),
  weight: z.int().nonnegative().optional(),
  dryRun: z.boolean().optional(),
  reason,
})
export type StartRelease = z.infer<typeof StartRelease>

/** Answer of whatever goes on without the caller: 202. */
export type Accepted = { id: ReleaseId; operation: string }

/** Body of POST R/continue and POST R/remove: goes on with a start that has not come to its end, or takes away what it made. */
export const ResumeStart = z.strictObject({ reason })
export type ResumeStart = z.infer<typeof ResumeStart>

/** Body of PUT R/image: a fixed build in the same release. `container` where the canary has several. */
export const SetImage = z.strictObject({
  image: z.string().max(512),
  container: z.string().max(63).optional(),
  resourceVersion,
  reason,
})
export type SetImage = z.infer<typeof SetImage>

/** Body of POST R/fix: mends one finding. With `dryRun` the patch is only shown. */
export const MendFinding = z.strictObject({
  finding: z.string().max(16),
  where: z.string().max(1024),
  resourceVersion,
  dryRun: z.boolean().optional(),
  reason,
})
export type MendFinding = z.infer<typeof MendFinding>

/** Answer of POST R/fix with `dryRun`: a JSON patch of the canary Ingress, and the kubectl command that writes the same. */
export type Mending = {
  patch: { op: 'add' | 'remove' | 'replace' | 'test'; path: string; value?: unknown }[]
  kubectl: string
}

/** Body of POST R/request: one request through the gateway, with the marks a person typed. The route says host and path. */
export const SendRequest = z.strictObject({
  host: z.string().max(253).optional(),
  path: z.string().max(2048).startsWith('/').optional(),
  headers: z.record(z.string().max(128), z.string().max(4096)).optional(),
  cookies: z.record(z.string().max(128), z.string().max(4096)).optional(),
})
export type SendRequest = z.infer<typeof SendRequest>

/**
 * Answer of POST R/request. `version` is the Deployment's name; `why` says why nothing can be told. `predicted` is what the rules
 * said when it was sent; `isDue`: the last change must have been applied by then. Units: `ms` milliseconds.
 */
export type SentRequest = {
  answered: Answered
  version: string | null
  pod: string | null
  status: number | null
  ms: number
  gateway: string | null
  why: CannotMeasure | null
  predicted: DecisionView['to']
  isDue: boolean
}

/**
 * One message of GET /api/stream: a whole value, never a difference; null means gone.
 * Keys: cluster/{c}, routes/{c}/{ns}/{ingress}, board/{c}/{ns}/{n}, release/{c}/{ns}/{n}, samples/{c}/{ns}/{n},
 * half-started/{c}/{ns}/{n}, operation/{c}/{operation}.
 */
export type Frame =
  | { key: `cluster/${string}`; value: ClusterState | null }
  | { key: `routes/${string}`; value: Route[] | null }
  | { key: `board/${string}`; value: BoardRelease | null }
  | { key: `release/${string}`; value: Release | null }
  | { key: `samples/${string}`; value: Samples | null }
  | { key: `half-started/${string}`; value: HalfStarted | null }
  | { key: `operation/${string}`; value: Operation | null }

/** `event: ready`: the snapshot of one topic is complete; the client drops keys of that topic not listed. */
export type Ready = { topic: string; keys: string[] }
/** `event: beat`, every 5 s. */
export type Beat = { nowMs: number }

/** An error's body: application/problem+json (RFC 9457). */
export type ProblemBody = {
  type: string
  status: number
  code: string
  title: string
  params?: Readonly<Record<string, string | number | boolean | null>>
  field?: string
  requestId: string
}
