import { z } from 'zod'
import type { DecisionView as View } from '@/lib/domain/decision-view'
import type { ClusterState } from '@/lib/domain/model/cluster'
import type { BoardRelease, Release, Route } from '@/lib/domain/model/release'
import type { Samples } from '@/lib/domain/model/samples'

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
  host: z.string().max(253),
  path: z.string().max(2048).startsWith('/'),
  headers: z.record(z.string().max(128), z.string().max(4096)).optional(),
  cookies: z.record(z.string().max(128), z.string().max(4096)).optional(),
})
export type AskDecision = z.infer<typeof AskDecision>

/** Answer of POST C/decide. */
export type DecisionView = View

/**
 * One message of GET /api/stream: a whole value, never a difference; null means gone.
 * Keys: cluster/{c}, routes/{c}/{ns}/{ingress}, board/{c}/{ns}/{n}, release/{c}/{ns}/{n}, samples/{c}/{ns}/{n}.
 */
export type Frame =
  | { key: `cluster/${string}`; value: ClusterState | null }
  | { key: `routes/${string}`; value: Route[] | null }
  | { key: `board/${string}`; value: BoardRelease | null }
  | { key: `release/${string}`; value: Release | null }
  | { key: `samples/${string}`; value: Samples | null }

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
