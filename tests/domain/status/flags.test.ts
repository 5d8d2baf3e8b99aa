import { expect, test } from 'vitest'
import { flagsOf, isOn } from '@/lib/domain/status/flags'

const IMAGE = 'registry.k8s.io/ingress-nginx/controller:v1.11.2'
const pod = (args: unknown, command?: unknown) => ({
  metadata: { namespace: 'ingress-nginx' },
  spec: {
    containers: [
      { image: 'sidecar:1', args: ['--ingress-class=sidecar'] },
      { image: IMAGE, command, args },
    ],
  },
})

test.each([
  ['a value after =', ['--ingress-class=internal'], { 'ingress-class': 'internal' }],
  ['a value of its own', ['--ingress-class', 'internal', '/nginx'], { 'ingress-class': 'internal' }],
  [
    'a flag without value is true',
    ['--watch-ingress-without-class', '--enable-metrics=false'],
    { 'watch-ingress-without-class': 'true', 'enable-metrics': 'false' },
  ],
  ['the last of two counts', ['--ingress-class=a', '--ingress-class=b'], { 'ingress-class': 'b' }],
  ['the pod’s namespace is put in', ['--configmap=$(POD_NAMESPACE)/c'], { configmap: 'ingress-nginx/c' }],
  [
    'Traefik writes names as it likes',
    ['--providers.kubernetesIngressNGINX'],
    { 'providers.kubernetesingressnginx': 'true' },
  ],
  ['what could be secret is not kept', ['--api.token=hunter2', '--default-ssl-certificate=a/b'], {}],
  ['one dash is no flag, and a word is none', ['-ingress-class=x', 'ingress-class=y', ''], {}],
  ['odd arguments are passed over', [1, null, {}, '--enable-metrics'], { 'enable-metrics': 'true' }],
  ['no arguments', undefined, {}],
])('%s', (_case, args, flags) => {
  expect(flagsOf(pod(args), IMAGE)).toEqual(flags)
})

test('flags may stand in the command', () => {
  expect(flagsOf(pod(undefined, ['/nginx', '--enable-metrics=true']), IMAGE)).toEqual({
    'enable-metrics': 'true',
  })
})

test('of a pod that runs another image by now nothing is known', () => {
  expect(flagsOf(pod([]), 'other:1')).toBeNull()
  expect(flagsOf(null, IMAGE)).toBeNull()
})

test('a name from the prototype is no flag', () => {
  expect(flagsOf(pod(['--__proto__=x', '--constructor=y']), IMAGE)).toEqual({})
})

test.each([
  ['true', true],
  ['T', true],
  ['1', true],
  ['false', false],
  ['yes', false],
  [undefined, true],
])('%s is read as Go reads it', (text, on) => {
  expect(isOn(text === undefined ? {} : { x: text }, 'x', true)).toBe(on)
  expect(isOn(null, 'x', true)).toBe(true)
})
