import type { HeaderRule, ReleaseState, VerdictKind } from '@/lib/domain/model/release'
import type { CannotMeasure, Lane, Reachable, ReplicaSamples } from '@/lib/domain/model/samples'

/** How well a statement is founded. */
export type Evidence =
  /** The cluster's watch shows it; no answer has proven it (yet). */
  | 'written'
  /** written + T has passed, answers cannot tell it from before yet. */
  | 'due'
  /** Answers prove it. */
  | 'in-effect'
  /** Answers contradict it. */
  | 'contradicted'
  /** Nothing current is known: the watch is stale. */
  | 'stale'

/** Clauses of the sentence at the top of the release page, in order. */
export type Truth =
  | { id: 'dead'; path: string; host: string; canary: string; stable: string; finding: string }
  | { id: 'stable-empty'; path: string; host: string; stable: string }
  | { id: 'canary-empty'; path: string; host: string; canary: string; stable: string }
  | {
      id: 'share'
      path: string
      host: string
      canary: string
      stable: string
      weight: number
      weightTotal: number
      evidence: Evidence
    }
  | { id: 'rules'; canary: string; header: HeaderRule | null; cookie: string | null; evidence: Evidence }
  | { id: 'wider'; routes: number }

/** A part of the versions that cannot be read: that nothing of it is known does not mean that there is nothing. */
export type Unread = 'endpoints' | 'deployments' | 'pods'

export type Attention = 'finding' | 'not-as-configured' | 'not-ready' | 'failed-operation'

/**
 * Everything the UI may say about the state of a release, its badges and colours: one mouth (design: sampling.md §5).
 * `unread`: what of the versions is not known, of either side. `tone`: the worst of it. `attention` non-empty puts it under *needs attention*.
 */
export type Claims = {
  connection: 'live' | 'stale' | 'unreachable'
  state: ReleaseState
  truth: Truth[]
  change: {
    evidence: Evidence
    dueAt: string | null
    inEffectAt: string | null
    missing: number
    /** How far each replica of the controller is. */
    replicas: ReplicaSamples[]
  }
  lanes: { lane: Lane; verdict: VerdictKind; why?: CannotMeasure }[]
  /** Whether a parked canary can be reached; null where it is not parked or nothing is known. */
  reachable: Reachable | null
  unread: Unread[]
  tone: 'bad' | 'warn' | 'ok' | 'quiet'
  attention: Attention[]
}
