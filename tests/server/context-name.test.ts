import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameContexts, slugOf } from '@/lib/server/context-name'

describe('names of clusters', () => {
  test.each([
    ['kind-test', 'kind-test'],
    ['arn:aws:eks:eu-west-1:123:cluster/prod', 'arn-aws-eks-eu-west-1-123-cluster-prod'],
    ['admin@Home.Lab', 'admin-home-lab'],
    ['inClusterContext', 'in-cluster-context'],
    ['集群', 'cluster'],
  ])('%s is called %s', (context, slug) => {
    expect(slugOf(context)).toBe(slug)
  })

  test('whatever the contexts are called, each gets a name of its own that fits into an address', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 100 })), contexts => {
        const names = nameContexts(contexts.map(context => ({ cluster: null, context })))
        for (const { cluster } of names) expect(cluster).toMatch(/^[a-z0-9-]{1,63}$/)
        expect(new Set(names.map(each => each.cluster)).size).toBe(contexts.length)
      }),
    )
  })

  test('the operator’s name wins over a slug of the same spelling', () => {
    expect(
      nameContexts([
        { cluster: null, context: 'prod' },
        { cluster: 'prod', context: 'x' },
      ]),
    ).toEqual([
      { cluster: 'prod-2', context: 'prod' },
      { cluster: 'prod', context: 'x' },
    ])
  })
})
