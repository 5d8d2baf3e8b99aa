import { expect, test } from 'vitest'
import { redacted } from '@/lib/server/redacted'

test.each([
  ['nothing is nothing', 'HALFTONE_URL', '', ''],
  ['a plain value stays', 'PORT', '3000', '3000'],
  [
    'files without their folders',
    'KUBECONFIG',
    '/home/li.wei/.kube/config:/etc/k8s/prod.yaml',
    'config:prod.yaml',
  ],
  ['a certificate’s file, too', 'HALFTONE_GATEWAY_CA', '/home/li.wei/ca.pem', 'ca.pem'],
  [
    'every gateway without user and password',
    'HALFTONE_GATEWAYS',
    'nginx=http://ops:hunter2@203.0.113.10:8080,prod/web=https://a@b@[::1]',
    'nginx=http://203.0.113.10:8080,prod/web=https://[::1]',
  ],
  [
    'what follows an address',
    'HALFTONE_GATEWAYS',
    'a=http://h?token=x&y=z,b=http://i#hunter2',
    'a=http://h,b=http://i',
  ],
  ['a database', 'DATABASE_URL', 'postgres://u:p@db:5432/halftone?password=x', 'postgres://db:5432/halftone'],
  ['contexts stay as they are called', 'HALFTONE_CONTEXTS', 'prod=admin@prod', 'prod=admin@prod'],
  ['what is called a secret is only told to be set', 'HALFTONE_SESSION_SECRET', 'hunter2', '(set)'],
  ['and a token', 'HALFTONE_TOKEN', 'hunter2', '(set)'],
])('%s', (_case, name, value, shown) => {
  expect(redacted(name, value)).toBe(shown)
})
