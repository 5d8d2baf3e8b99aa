import { describe, expect, test } from 'vitest'
import { parseIngress } from '@/lib/domain/ingress'
import type { Route } from '@/lib/domain/model/release'
import type { StartSources } from '@/lib/domain/model/start'
import { routesOf } from '@/lib/domain/route'
import { routingOf } from '@/lib/domain/routing'
import type { StartChoice } from '@/lib/domain/start/choice'
import { draftOf } from '@/lib/domain/start/draft'
import type { Manifest } from '@/sandbox/world/objects'
import { type WorldName, worldOf } from '@/sandbox/world/world'

const uids = new Map<string, string>()
const withUid = (each: Manifest) => {
  const key = `${each.kind}/${each.metadata.namespace}/${each.metadata.name}`
  uids.set(key, uids.get(key) ?? `uid-${uids.size}`)
  return { ...each, metadata: { ...each.metadata, uid: uids.get(key) } }
}

/** A route of a world at this path, and what a start of it would read there. */
function found(world: WorldName, namespace: string, path = '/'): { route: Route; sources: StartSources } {
  const all = worldOf(world).map(withUid)
  const ingresses = all.filter(({ kind }) => kind === 'Ingress').map(each => parseIngress(each))
  const isHere = (each: { namespace: string; path: string }) =>
    each.namespace === namespace && each.path === path
  const route = routesOf(routingOf(ingresses, { annotationValidation: true })).find(isHere)
  if (!route) throw new Error(`no route ${path} in ${namespace}`)
  const here = (wanted: string) =>
    all.filter(({ kind, metadata }) => kind === wanted && metadata.namespace === namespace)
  const sources = {
    ordinary: here('Ingress').find(({ metadata }) => metadata.name === route.ingress),
    deployments: here('Deployment'),
    services: here('Service'),
    statefulSets: here('StatefulSet'),
    readAtMs: 0,
    budgets: here('PodDisruptionBudget'),
    autoscalers: here('HorizontalPodAutoscaler'),
    ingresses,
  }
  return { route, sources }
}

/** What becomes of a start there: `ok`, or the code of why not and what was told of it. */
function startedIn(world: WorldName, namespace: string, more: Partial<StartChoice> & { path?: string } = {}) {
  const { route, sources } = found(world, namespace, more.path)
  const { ingress, host, path } = route
  const choice = { namespace, ingress, host, path, image: 'nginx:v2', ...more }
  const draft = draftOf(choice, route, sources, { matches: () => false, continues: false })
  if (draft.ok) return 'ok'
  const { code, params } = draft.problem
  return [code, params?.why, code === 'selector-overlap' && params?.name].filter(Boolean).join(' ')
}

describe('what becomes of a start', () => {
  test.each([
    ['default', 'default', '/user', 'ok'],
    ['default', 'default', '/pay', 'ok'],
    ['wide', 'default', '/user', 'selector-overlap every-version service-user-v1'],
    ['wide', 'default', '/pay', 'selector-overlap every-version service-pay-v1'],
    ['board', 'default', '/user', 'already-released'],
  ] as const)('world %s, %s %s: %s', (world, namespace, path, becomes) => {
    expect(startedIn(world, namespace, { path })).toBe(becomes)
  })

  test.each([
    ['tidy', {}, 'ok'],
    ['sidecar', {}, 'ambiguous-container'],
    ['sidecar', { container: 'app' }, 'ok'],
    ['pair', {}, 'ambiguous-deployment'],
    ['pair', { deployment: 'pair-green' }, 'ok'],
    ['named-port', {}, 'ok'],
    ['stateful', {}, 'not-clonable statefulset'],
    ['guarded', {}, 'ok'],
    ['caught', {}, 'selector-overlap shared all-web'],
    ['budgeted', {}, 'selector-overlap shared everything'],
    ['sticky', {}, 'ok'],
    ['shared', {}, 'ok'],
    ['outside', {}, 'not-clonable external-name'],
    ['by-hand', {}, 'not-clonable no-selector'],
  ])('world clones, %s with %o: %s', (name, more, becomes) => {
    expect(startedIn('clones', `clone-${name}`, more)).toBe(becomes)
  })
})
