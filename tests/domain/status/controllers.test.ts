import { describe, expect, test } from 'vitest'
import type { ControllerFlags } from '@/lib/domain/model/status'
import type { IngressClass, Pod } from '@/lib/domain/model/workload'
import { controllerPodsOf, controllersOf, sharedClassesOf } from '@/lib/domain/status/controllers'

const NGINX = 'registry.k8s.io/ingress-nginx/controller:v1.15.1'
const OLD = 'registry.k8s.io/ingress-nginx/controller:v1.11.5'
const TRAEFIK = 'traefik:v3.7.9'

const pod = (name: string, image: string, labels: Record<string, string> = {}): Pod => ({
  namespace: 'ingress',
  name,
  uid: name,
  resourceVersion: '1',
  labels,
  ready: true,
  phase: 'Running',
  restarts: 0,
  image,
  node: 'n',
  startedAt: null,
})

const ingressClass = (name: string, controller: string): IngressClass => ({
  name,
  uid: name,
  resourceVersion: '1',
  controller,
  isDefault: false,
})

const CLASSES = [
  ingressClass('nginx', 'k8s.io/ingress-nginx'),
  ingressClass('internal', 'k8s.io/internal-ingress-nginx'),
  ingressClass('traefik', 'traefik.io/ingress-controller'),
  ingressClass('higress', 'higress.io/higress-controller'),
  ingressClass('gce', 'k8s.io/ingress-gce'),
]

const seen = (image: string, flags: ControllerFlags | null) => ({ pods: [pod('c', image)] as const, flags })

describe('pods that are controllers', () => {
  test('are found by their images, one group for each template', () => {
    const groups = controllerPodsOf([
      pod('shop', 'nginx:user-v1'),
      pod('a-1', NGINX, { 'pod-template-hash': 'a' }),
      pod('a-2', NGINX, { 'pod-template-hash': 'a' }),
      pod('b-1', NGINX, { 'pod-template-hash': 'b' }),
      pod('t-1', TRAEFIK),
    ])
    expect(groups.map(group => group.map(each => each.name))).toEqual([['a-1', 'a-2'], ['b-1'], ['t-1']])
  })
})

describe('which classes a controller serves', () => {
  test.each<[string, string, ControllerFlags | null, string[], string]>([
    ['ingress-nginx by default', NGINX, {}, ['nginx'], 'as-modelled'],
    [
      'another controller class',
      NGINX,
      { 'controller-class': 'k8s.io/internal-ingress-nginx' },
      ['internal'],
      'as-modelled',
    ],
    [
      'a class by its name',
      NGINX,
      { 'ingress-class-by-name': 'true', 'ingress-class': 'gce' },
      ['nginx', 'gce'],
      'as-modelled',
    ],
    ['arguments nobody could read: the usual', NGINX, null, ['nginx'], 'as-modelled'],
    [
      'validation switched off',
      NGINX,
      { 'enable-annotation-validation': 'false' },
      ['nginx'],
      'without-validation',
    ],
    ['before it was on by default', OLD, {}, ['nginx'], 'without-validation'],
    ['switched on before that', OLD, { 'enable-annotation-validation': 'true' }, ['nginx'], 'as-modelled'],
    [
      'before there was any',
      'a/ingress-nginx/controller:v1.8.4',
      { 'enable-annotation-validation': 'true' },
      ['nginx'],
      'without-validation',
    ],
    [
      'another prefix of annotations',
      NGINX,
      { 'annotations-prefix': 'example.com' },
      ['nginx'],
      'not-at-all',
    ],
    ['Traefik without the provider', TRAEFIK, {}, ['traefik'], 'not-at-all'],
    [
      'Traefik with the provider',
      TRAEFIK,
      { 'providers.kubernetesingressnginx': 'true' },
      ['nginx', 'traefik'],
      'differently',
    ],
    [
      'Traefik with an option of the provider',
      TRAEFIK,
      { 'providers.kubernetesingressnginx.controllerclass': 'k8s.io/internal-ingress-nginx' },
      ['internal', 'traefik'],
      'differently',
    ],
    [
      'Traefik before it read canaries',
      'traefik:v3.6.9',
      { 'providers.kubernetesingressnginx': 'true' },
      ['nginx', 'traefik'],
      'not-at-all',
    ],
    ['Traefik of unknown arguments', TRAEFIK, null, ['traefik'], 'unknown'],
    [
      'Higress',
      'example.com/higress/higress:2.2.1',
      { ingressclass: 'nginx' },
      ['nginx', 'higress'],
      'differently',
    ],
  ])('%s', (_case, image, flags, classes, canaries) => {
    const [found] = controllersOf([seen(image, flags)], CLASSES, [])
    expect({ classes: found?.classes, canaries: found?.canaries }).toEqual({ classes, canaries })
  })

  test('a class that no pod in sight serves is told, without a word about its controller', () => {
    const told = controllersOf([seen(NGINX, {})], CLASSES, []).slice(1)
    expect(
      told.map(({ dialect, classes, image, canaries }) => ({ dialect, classes, image, canaries })),
    ).toEqual([
      { dialect: 'other', classes: ['internal'], image: null, canaries: 'unknown' },
      { dialect: 'traefik', classes: ['traefik'], image: null, canaries: 'unknown' },
      { dialect: 'higress', classes: ['higress'], image: null, canaries: 'unknown' },
      { dialect: 'other', classes: ['gce'], image: null, canaries: 'unknown' },
    ])
    expect(told.flatMap(each => each.findings)).toEqual([])
  })

  test('where classes may not be read, the name of old is what it serves', () => {
    expect(controllersOf([seen(NGINX, { 'ingress-class': 'web' })], null, [])[0]?.classes).toEqual(['web'])
    expect(controllersOf([], null, [])).toEqual([])
  })
})

describe('two controllers on one class', () => {
  test('are told where both read it', () => {
    const both = [seen(NGINX, {}), seen(TRAEFIK, { 'providers.kubernetesingressnginx': 'true' })]
    expect(sharedClassesOf(controllersOf(both, CLASSES, []))).toEqual(['nginx'])
  })

  test('are not where each has its own, nor where one is rolled out', () => {
    expect(sharedClassesOf(controllersOf([seen(NGINX, {}), seen(TRAEFIK, {})], CLASSES, []))).toEqual([])
    expect(sharedClassesOf(controllersOf([seen(NGINX, {}), seen(NGINX, {})], CLASSES, []))).toEqual([])
  })
})
