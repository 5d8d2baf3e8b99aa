import 'server-only'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { ReleaseId } from '@/lib/domain/model/release'
import { fail, ok, type Problem, type Result } from '@/lib/domain/problem'
import { readBody } from '@/lib/server/body'
import type { Cluster } from '@/lib/server/cluster'
import { turnAway } from '@/lib/server/door'
import { type Context, type Handler, jsonResponse, problemResponse } from '@/lib/server/http'
import { parseClusterName, parseReleaseId } from '@/lib/server/identity'
import { described, log } from '@/lib/server/log'
import { type Runtime, runtime } from '@/lib/server/runtime'

type ServerCall = { request: Request; runtime: Runtime }
type ClusterCall = ServerCall & { cluster: Cluster }
type ReleaseCall = ClusterCall & { id: ReleaseId }
type Find<Call> = (call: ServerCall, params: Params) => Result<Call>
type Params = Readonly<Partial<Record<string, string>>>
type Answer = Result<unknown> | Response
type Act<In> = (call: In) => Answer | Promise<Answer>

const anywhere: Find<ServerCall> = call => ok(call)

const inCluster: Find<ClusterCall> = (call, params) => {
  const name = parseClusterName(params.cluster)
  if (!name.ok) return name
  const cluster = call.runtime.clusters.get(name.value)
  if (cluster) return ok({ ...call, cluster })
  return fail('not-found', `There is no cluster ${name.value}`, { params: { cluster: name.value } })
}

const onRelease: Find<ReleaseCall> = (call, params) => {
  const id = parseReleaseId(params)
  if (!id.ok) return id
  const found = inCluster(call, params)
  return found.ok ? ok({ ...found.value, id: id.value }) : found
}

const ofOperation: Find<ClusterCall & { operation: string }> = (call, params) => {
  const found = inCluster(call, params)
  return found.ok ? ok({ ...found.value, operation: params.operation ?? '' }) : found
}

const writable =
  <Call>(find: Find<Call>): Find<Call> =>
  (call, params) =>
    call.runtime.environment.HALFTONE_READ_ONLY
      ? fail('read-only', 'This Halftone is read-only: HALFTONE_READ_ONLY is set')
      : find(call, params)

/** Answers a read about everything. */
export const readServer = (act: Act<ServerCall>): Handler => handler(anywhere, act)
/** Answers a read about one cluster. */
export const readCluster = (act: Act<ClusterCall>): Handler => handler(inCluster, act)
/** Answers a read about one release. */
export const readRelease = (act: Act<ReleaseCall>): Handler => handler(onRelease, act)

/** Answers a read about one operation. */
export const readOperation = (act: Act<ClusterCall & { operation: string }>): Handler =>
  handler(ofOperation, act)

/** Answers a question about one cluster that needs a body. Nothing is written, so a read-only Halftone answers too. */
export const askCluster = <S extends z.ZodType>(
  schema: S,
  act: Act<ClusterCall & { body: z.infer<S> }>,
): Handler => handler(inCluster, call => withBody(call, schema, act))

/** Answers a question about one release that needs a body. Nothing is written, so a read-only Halftone answers too. */
export const askRelease = <S extends z.ZodType>(
  schema: S,
  act: Act<ReleaseCall & { body: z.infer<S> }>,
): Handler => handler(onRelease, call => withBody(call, schema, act))

/** Changes one release. Errors: `read-only` before anything else is looked at. */
export const changeRelease = <S extends z.ZodType>(
  schema: S,
  act: Act<ReleaseCall & { body: z.infer<S> }>,
): Handler => handler(writable(onRelease), call => call.runtime.finishing(withBody(call, schema, act)))

/** Changes something of one cluster that is no release yet. Errors: `read-only` before anything else is looked at. */
export const changeCluster = <S extends z.ZodType>(
  schema: S,
  act: Act<ClusterCall & { body: z.infer<S> }>,
): Handler => handler(writable(inCluster), call => call.runtime.finishing(withBody(call, schema, act)))

/** Answers every call with a problem: for addresses and methods that do not exist. */
export const refuse = (problem: Problem): Handler => handler(anywhere, () => ({ ok: false, problem }))

async function withBody<Call extends ServerCall, S extends z.ZodType>(
  call: Call,
  schema: S,
  act: Act<Call & { body: z.infer<S> }>,
): Promise<Answer> {
  const body = await readBody(call.request, schema)
  return body.ok ? act({ ...call, body: body.value }) : body
}

/** The one way in: door, identity, act; a problem becomes its status, anything thrown one logged 500. */
function handler<Call>(find: Find<Call>, act: Act<Call>): Handler {
  return async (request, { params }) => {
    const requestId = randomUUID()
    try {
      const current = runtime()
      const refused = turnAway(request.headers, current.environment.HALFTONE_URL)
      if (refused) return problemResponse(refused.problem, requestId)
      const call = find({ request, runtime: current }, await singles(params))
      const answer = call.ok ? await act(call.value) : call
      if (answer instanceof Response) return answer
      return answer.ok ? jsonResponse(answer.value) : problemResponse(answer.problem, requestId)
    } catch (bug) {
      log('error', 'a request failed', { requestId, method: request.method, bug: described(bug) })
      const problem = fail('internal', 'Something went wrong on our side; the log says what').problem
      return problemResponse(problem, requestId)
    }
  }
}

async function singles(params: Context['params']): Promise<Params> {
  const entries = Object.entries((await params) ?? {})
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}
