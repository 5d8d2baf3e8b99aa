import { expect, test } from 'vitest'
import { statusReport } from '@/lib/domain/status/report'
import { referenceStatus } from '@/tests/fixtures/status'

test('a report says everything the page says, in columns, as plain text', () => {
  expect(statusReport(referenceStatus())).toMatchInlineSnapshot(`
    "Halftone 0.1.0, Node v20.19.0, Next 16.4.6
    status as of 2026-11-18T14:32:00.000Z, started 2026-11-18T08:59:50.000Z

    CLUSTER kind-dev
      API server  https://127.0.0.1:6443
      version     v1.35.0
      state       live since 2026-11-18T09:00:00.000Z
      connected   since 2026-11-18T09:00:00.000Z
      gateway     nginx = http://127.0.0.1:8080

    watches
      kind       namespace  state    objects  relists  last byte
      ingresses  all        up       14       0        2026-11-18T14:31:58.000Z
      pods       all        doubted  1234     2        never

    controllers
      ingress-nginx v1.11.2, classes nginx, canary annotations read without-validation
        image registry.k8s.io/ingress-nginx/controller:v1.11.2
        pods 1 of 2 ready in ingress-nginx: controller-0, controller-1
        arguments --enable-metrics=false
        L43 warning: ingress-nginx v1.11.2 lets anybody on the pod network take it over

    rights
      shop: no start, remove; weight only of user-canary (asked 2026-11-18T14:31:30.000Z)

    CONFIGURATION
      PORT          3000    default
      KUBECONFIG    config  set
      HALFTONE_URL  -       default
    "
  `)
})

test('a controller out of sight, rights that could not be asked and namespaces left out are said', () => {
  const [cluster] = referenceStatus().clusters
  if (!cluster) throw new Error('no cluster')
  const [seen] = cluster.controllers
  const [right] = cluster.rights
  if (!seen || !right) throw new Error('a controller and a right')
  const problem = { code: 'cluster-forbids' as const, title: 'The cluster does not allow this' }
  const report = statusReport(
    referenceStatus({
      clusters: [
        {
          ...cluster,
          version: '',
          connectedAt: null,
          unreadable: [{ kind: 'pods', why: 'forbidden' }],
          gateways: [],
          controllers: [{ ...seen, image: null, pods: [], findings: [] }],
          classesShared: ['nginx'],
          rights: [
            { ...right, problem },
            { ...right, missing: [], limited: [], isComplete: false },
          ],
          rightsLeftOut: 12,
        },
      ],
    }),
  )
  for (const line of [
    /version +unknown/,
    /connected +no/,
    /cannot read +pods: forbidden/,
    /gateway +the address in the status of each Ingress/,
    /k8s\.io\/ingress-nginx, classes nginx: no pod in sight/,
    /! more than one controller serves the class nginx/,
    /shop: could not be asked \(cluster-forbids: The cluster does not allow this\)/,
    /shop: all that Halftone does; the cluster does not tell all/,
    /12 more namespaces with routes were not asked about/,
  ])
    expect(report).toMatch(line)
})

test('no line ends in blanks, and none has more than printable ASCII', () => {
  for (const line of statusReport(referenceStatus()).split('\n')) expect(line).toMatch(/^([ -~]*[!-~])?$/)
})
