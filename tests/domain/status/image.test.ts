import { expect, test } from 'vitest'
import { controllerImageOf, versionTextOf } from '@/lib/domain/status/image'

test.each([
  [
    'registry.k8s.io/ingress-nginx/controller:v1.11.2@sha256:d5f8217f',
    'ingress-nginx by upstream',
    'v1.11.2',
  ],
  ['registry.k8s.io/ingress-nginx/controller-chroot:v1.15.1', 'ingress-nginx by upstream', 'v1.15.1'],
  ['registry.example:5000/mirror/ingress-nginx/controller', 'ingress-nginx by upstream', null],
  [
    'quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.33.0',
    'ingress-nginx by upstream',
    '0.33.0',
  ],
  [
    'docker.io/bitnami/nginx-ingress-controller:1.11.2-debian-12-r0',
    'ingress-nginx by repackaged',
    '1.11.2-debian-12-r0',
  ],
  [
    'rancher/nginx-ingress-controller:nginx-1.9.4-hardened2',
    'ingress-nginx by rancher',
    'nginx-1.9.4-hardened2',
  ],
  [
    'mcr.microsoft.com/oss/kubernetes/ingress/nginx-ingress-controller:v1.13.1',
    'ingress-nginx by aks',
    'v1.13.1',
  ],
  ['cgr.dev/chainguard/ingress-nginx-controller:latest', 'ingress-nginx by chainguard', null],
  [
    'registry.gitlab.com/gitlab-org/cloud-native/mirror/images/ingress-nginx/controller:v1.11.5',
    'ingress-nginx by gitlab',
    'v1.11.5',
  ],
  ['traefik:v3.7.9', 'traefik', 'v3.7.9'],
  ['rancher/mirrored-library-traefik:3.6.2', 'traefik', '3.6.2'],
  ['higress-registry.cn-hangzhou.cr.aliyuncs.com/higress/higress:2.2.1', 'higress', '2.2.1'],
])('%s is told by its name', (image, told, version) => {
  const found = controllerImageOf(image)
  expect(`${found?.dialect}${found?.maker ? ` by ${found.maker}` : ''}`).toBe(told)
  expect(versionTextOf(image, {})).toBe(version)
})

test.each([
  'nginx:user-v1',
  'nginx/nginx-ingress:3.7.0',
  'registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.5.1',
  'traefik/whoami:v1.10',
  'example.com/traefik-dashboard:1.0.0',
  'higress/gateway:2.2.1',
  '',
])('%s is no controller', image => {
  expect(controllerImageOf(image)).toBeNull()
})

test('a label says the version where the tag does not', () => {
  const labels = { 'app.kubernetes.io/version': '1.12.1' }
  expect(versionTextOf('a/ingress-nginx/controller@sha256:00', labels)).toBe('1.12.1')
  expect(versionTextOf('a/ingress-nginx/controller:v1.11.2', labels)).toBe('v1.11.2')
})
