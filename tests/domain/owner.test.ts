import { expect, test } from 'vitest'
import { ownerOf } from '@/lib/domain/owner'

const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', name: 'user' }

test.each([
  ['Argo Rollouts', [rollout], { kind: 'Rollout', name: 'user' }],
  [
    'Flagger',
    [{ apiVersion: 'flagger.app/v1beta1', kind: 'Canary', name: 'u' }],
    { kind: 'Canary', name: 'u' },
  ],
  [
    'OpenKruise',
    [{ apiVersion: 'rollouts.kruise.io/v1beta1', kind: 'Rollout', name: 'u' }],
    { kind: 'Rollout', name: 'u' },
  ],
  [
    'behind another owner',
    [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x' }, rollout],
    { kind: 'Rollout', name: 'user' },
  ],
  [
    'not an Argo CD Application',
    [{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name: 'a' }],
    null,
  ],
  ['not the ordinary Ingress', [{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'i' }], null],
  ['nobody', [], null],
])('who keeps a canary: %s', (_case, owners, expected) => {
  expect(ownerOf({ owners })).toEqual(expected)
})
