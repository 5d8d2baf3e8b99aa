import { expect, test } from 'vitest'
import { classReader } from '@/lib/domain/ingress-class'
import type { Ingress } from '@/lib/domain/model/ingress'
import type { IngressClass } from '@/lib/domain/model/workload'

const classOf = (name: string, controller: string, isDefault = false): IngressClass => ({
  name,
  uid: name,
  resourceVersion: '1',
  controller,
  isDefault,
})
const nginx = classOf('nginx', 'k8s.io/ingress-nginx', true)
const inner = classOf('inner', 'k8s.io/ingress-nginx')
const traefik = classOf('traefik', 'traefik.io/ingress-controller')

function ingress(className: string | null, isLegacy = false): Ingress {
  return {
    namespace: 'shop',
    name: 'order',
    uid: 'u',
    resourceVersion: '1',
    createdAtMs: 0,
    className,
    annotations: isLegacy && className ? { 'kubernetes.io/ingress.class': className } : {},
    labels: {},
    owners: [],
    rules: [],
    defaultBackend: null,
    tlsHosts: [],
    addresses: [],
    changed: null,
  }
}

test.each([
  ['a class of ingress-nginx is served', [nginx, inner], ingress('inner'), 'inner'],
  ['a class of another controller is not', [nginx, traefik], ingress('traefik'), null],
  ['a class that does not exist is not', [nginx], ingress('typo'), null],
  ['the legacy annotation nginx is served without any class object', [], ingress('nginx', true), 'nginx'],
  ['the name nginx in the spec is not', [], ingress('nginx'), null],
  ['another legacy annotation is not', [nginx], ingress('haproxy', true), null],
  ['no class counts to the default class', [inner, nginx], ingress(null), 'nginx'],
  ['no class without a default of ours is nobody’s', [inner, traefik], ingress(null), null],
  ['where classes may not be read the name nginx must do', null, ingress('nginx'), 'nginx'],
  ['where classes may not be read other names are nobody’s', null, ingress('inner'), null],
])('%s', (_case, classes, each, expected) => {
  expect(classReader(classes)(each)).toBe(expected)
})
