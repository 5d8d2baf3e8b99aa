import { expect, vi } from 'vitest'
import type { Accepted } from '@/lib/contract'
import type { Operation } from '@/lib/domain/model/operation'
import type { Release } from '@/lib/domain/model/release'
import type { StartReview } from '@/lib/domain/model/start'
import { deploymentOf, ingressOf, type Manifest, serviceOf } from '@/sandbox/world/objects'

/** Units: milliseconds. Pods start, the gateway follows, and probes prove it. */
const PATIENCE = { timeout: 120_000, interval: 200 }
const APP = 'fresh'

/** A route of a namespace without a release, with pods that answer. */
export const freshRoute = (namespace: string): Manifest[] => [
  deploymentOf({ namespace, name: `${APP}-v1`, image: 'nginx:user-v1', replicas: 1 }),
  serviceOf(namespace, `service-${APP}-v1`, `${APP}-v1`),
  ingressOf({
    namespace,
    name: APP,
    host: `${APP}.shop.test`,
    paths: [{ path: '/', service: `service-${APP}-v1` }],
  }),
]

/** Reviews and starts a release on the fresh route, puts another build into it, and takes it away: all through the product's HTTP. */
export async function startAndRemove(clusterUrl: string, namespace: string): Promise<void> {
  const call = async <T>(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: T }> => {
    const answer = await fetch(clusterUrl + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return { status: answer.status, body: JSON.parse(await answer.text()) }
  }
  const done = async (method: string, path: string, body: object) => {
    const accepted = await call<Accepted>(method, path, body)
    expect(accepted, JSON.stringify(accepted.body)).toMatchObject({ status: 202 })
    const isDone = async () => {
      const { body: operation } = await call<Operation>('GET', `/operations/${accepted.body.operation}`)
      expect(operation.state, JSON.stringify(operation)).toBe('done')
    }
    await vi.waitFor(isDone, PATIENCE)
  }

  const name = `${APP}-canary`
  const route = { namespace, ingress: APP, host: `${APP}.shop.test`, path: '/' }
  const choice = { ...route, name, image: 'nginx:user-v2', replicas: 1 }
  const review = await call<StartReview>('POST', '/releases', { ...choice, dryRun: true })
  expect([review.status, review.body.refusals], JSON.stringify(review.body)).toEqual([200, []])
  await done('POST', '/releases', choice)

  const release = `/releases/${namespace}/${name}`
  const { resourceVersion } = (await call<Release>('GET', release)).body
  await done('PUT', `${release}/image`, { image: 'nginx:user-v3', resourceVersion })
  await done('POST', `${release}/remove`, {})
}
