import 'server-only'
import type { RightsStatus } from '@/lib/domain/model/status'
import { fail, type Problem } from '@/lib/domain/problem'
import { lackingOf, parseRules } from '@/lib/domain/status/rights'
import type { Connection } from '@/lib/server/kubernetes/connection'
import { jsonOf } from '@/lib/server/kubernetes/json'

/** Units: milliseconds. */
const LIMIT_MS = 2_000
const KEPT_MS = 60_000

const PATH = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews'

/**
 * What this identity may do, asked of the cluster itself, namespaces side by side.
 * Limits: an answer is kept for 60 s; a failure is asked again the next time.
 */
export class Rights {
  #connection: Connection
  #known = new Map<string, { untilMs: number; rights: Promise<RightsStatus> }>()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** `mayAsk` false: the API server does not answer, so only what is known is told. */
  in(namespaces: readonly string[], mayAsk: boolean): Promise<RightsStatus[]> {
    const nowMs = performance.now()
    for (const [namespace, { untilMs }] of this.#known)
      if (untilMs < nowMs || !namespaces.includes(namespace)) this.#known.delete(namespace)
    return Promise.all(
      namespaces.map(namespace => {
        const known = this.#known.get(namespace)?.rights
        if (known) return known
        if (!mayAsk) return unknown(namespace, SILENT.problem)
        const rights = this.#ask(namespace)
        this.#known.set(namespace, { untilMs: nowMs + KEPT_MS, rights })
        return rights
      }),
    )
  }

  async #ask(namespace: string): Promise<RightsStatus> {
    const body = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectRulesReview',
      spec: { namespace },
    }
    const contentType = 'application/json'
    const answer = await this.#connection.request('POST', PATH, { body, contentType, timeoutMs: LIMIT_MS })
    if (!answer.ok) {
      this.#known.delete(namespace)
      return unknown(namespace, answer.problem)
    }
    const { rules, isComplete } = parseRules(jsonOf(answer.value.text))
    return { namespace, askedAt: now(), rules, ...lackingOf(rules), isComplete, problem: null }
  }
}

const SILENT = fail('cluster-unreachable', 'The API server does not answer')

const now = () => new Date().toISOString()

const unknown = (namespace: string, problem: Problem): RightsStatus => ({
  namespace,
  askedAt: now(),
  rules: [],
  missing: [],
  limited: [],
  isComplete: false,
  problem,
})
