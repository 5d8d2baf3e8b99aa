import { POST as start } from '@/app/api/clusters/[cluster]/releases/route'
import { GET as offer } from '@/app/api/clusters/[cluster]/start/route'
import type { ProblemBody } from '@/lib/contract'
import type { StartOffer, StartReview } from '@/lib/domain/model/start'
import type { Manifest } from '@/sandbox/world/objects'
import type { Client } from '@/tests/contract/client'
import { call } from './with-server'

const params = { cluster: 'demo' }

/** Where the API server has what a start reads and writes. */
export const PLACES: Readonly<Record<string, string>> = {
  Deployment: '/apis/apps/v1/deployments',
  StatefulSet: '/apis/apps/v1/statefulsets',
  Service: '/api/v1/services',
  Ingress: '/apis/networking.k8s.io/v1/ingresses',
  Namespace: '/api/v1/namespaces',
}

/** What a start of a route can begin from, asked as the page asks. */
export async function askOffer(query: object) {
  const path = `/api/x?${new URLSearchParams(query as Record<string, string>)}`
  const answer = await call(offer, { params, path })
  return { status: answer.status, body: (await answer.json()) as StartOffer & ProblemBody }
}

/** A start that only asks. */
export async function askReview(body: object) {
  const answer = await call(start, { params, method: 'POST', body: { ...body, dryRun: true } })
  return { status: answer.status, body: (await answer.json()) as StartReview & ProblemBody }
}

/** Every object of the cluster as somebody wants it: equal as long as nothing is written. */
export async function writtenIn(api: Client): Promise<string[]> {
  const lists = await Promise.all(Object.values(PLACES).map(path => api.ask('GET', path)))
  return lists.flatMap(({ body }) =>
    (body.items as unknown as Manifest[]).map(({ metadata, spec }) => JSON.stringify([metadata.name, spec])),
  )
}
