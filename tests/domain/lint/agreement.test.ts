import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimsOf } from '@/lib/domain/claims'
import { decide } from '@/lib/domain/decide'
import { parseIngress } from '@/lib/domain/ingress'
import { deadTexts } from '@/lib/domain/lint/dead-texts'
import { releaseOf } from '@/lib/domain/release'
import { routingOf } from '@/lib/domain/routing'
import { parseEndpointSlice, parseService } from '@/lib/domain/workload'
import { matches } from '@/lib/server/pattern'
import { objectOf } from '@/scripts/cases/case'
import { worlds } from '@/tests/cluster/differential/arbitrary'
import { ingressesOf, standingsOf, type World } from '@/tests/cluster/differential/world'

const OPTIONS = { annotationValidation: true }

function workloadsOf(world: World) {
  const states = new Map(standingsOf(world).map(each => [`${each.namespace}/${each.service}`, each.state]))
  const ports = [{ name: 'http', port: 80 }]
  return {
    service: (namespace: string, name: string) =>
      states.get(`${namespace}/${name}`) === 'missing'
        ? undefined
        : parseService({ metadata: { namespace, name }, spec: { selector: { app: name }, ports } }),
    slices: (namespace: string, name: string) => [
      parseEndpointSlice({
        metadata: { namespace, name, labels: { 'kubernetes.io/service-name': name } },
        ports,
        endpoints: states.get(`${namespace}/${name}`) === 'ready' ? [{ addresses: ['10.0.0.1'] }] : [],
      }),
    ],
    deployments: () => [],
    pods: () => [],
  }
}

/** Everything one canary of a world is said to be. */
function saidOf(world: World) {
  const ingresses = ingressesOf(world).map(one => parseIngress(objectOf(one, 'main')))
  const routing = routingOf(ingresses, OPTIONS)
  const workloads = workloadsOf(world)
  const standing = new Map(standingsOf(world).map(each => [`${each.namespace}/${each.service}`, each.state]))
  const ready = (namespace: string, { service }: { service: string }) =>
    standing.get(`${namespace}/${service}`) === 'ready'
  return ingresses
    .filter(each => routing.canaryPaths.some(path => path.canary === each))
    .map(canary => {
      const release = releaseOf(canary, { cluster: 'c', routing, workloads, matches })
      const { truth } = claimsOf({ release, connection: 'live', samples: null, unreadable: [] })
      const paths = routing.canaryPaths.filter(path => path.canary === canary && path.live)
      const ids: readonly string[] = release.findings.map(each => each.id)
      return { release, ids, paths, says: truth.map(each => each.id), routing, ready }
    })
}

describe.each([{ catchAll: false }, { catchAll: true }])(
  'findings agree with what is true ($catchAll)',
  wish => {
    const always = (check: (said: ReturnType<typeof saidOf>[number]) => void) =>
      fc.assert(
        fc.property(worlds(wish), world => saidOf(world).forEach(check)),
        { numRuns: 80 },
      )

    test('a dead path has a finding that says why, and a live one none', () => {
      always(({ release: { state, routes, findings } }) => {
        const dead = findings.filter(({ id }) => Object.hasOwn(deadTexts, id) && id !== 'L03')
        if (routes.every(each => each.live)) expect(dead).toEqual([])
        for (const { live, why } of routes) if (!live) expect(findings.map(each => each.id)).toContain(why)
        if (state === 'dead') expect(findings.some(each => each.severity === 'error')).toBe(true)
      })
    })

    test('each finding can be told from the others by its id and place', () => {
      always(({ release: { findings } }) => {
        const keys = findings.map(({ id, where }) => `${id} ${where}`)
        expect(new Set(keys).size).toBe(keys.length)
      })
    })

    test('whoever reads that a side is empty finds the same in the findings', () => {
      always(({ ids, says, release: { state } }) => {
        if (says.includes('stable-empty')) expect(ids).toContain('L26')
        if (says.includes('canary-empty') && state !== 'parked') expect(ids).toContain('L27')
        if (state === 'dead') for (const id of ['L06', 'L26', 'L27']) expect(ids).not.toContain(id)
      })
    })

    test('where everyone is said to get 503, the controller’s own decision says so', () => {
      always(({ release: { findings }, ids, paths, routing, ready }) => {
        const asked = paths.flatMap(path => path.reaches).filter(each => !/[*(]/.test(each.host + each.path))
        const decisions = asked
          .map(each =>
            decide(
              routing,
              { host: each.host || 'free', path: each.path, headers: {} },
              { matches, draw: () => 1, ready },
            ),
          )
          .filter(each => each.location && asked.includes(each.location))
        if (decisions.some(each => each.to === '503')) expect(ids).toContain('L26')
        if (!ids.includes('L26')) expect(decisions.map(each => each.to)).not.toContain('503')
        const empty = findings.filter(each => each.id === 'L27').map(each => each.params.service)
        for (const { backend } of decisions) expect(empty).not.toContain(backend?.service ?? '')
      })
    })
  },
)
