import { expect, test } from 'vitest'
import { sessionCookieNameOf } from '@/lib/domain/session-cookie'

const annotated = (short: Record<string, string>) => ({
  annotations: Object.fromEntries(
    Object.entries(short).map(([key, text]) => [`nginx.ingress.kubernetes.io/${key}`, text]),
  ),
})

test.each([
  ['no ordinary Ingress pins nobody', null, null],
  ['no affinity pins nobody, whatever the name', annotated({ 'session-cookie-name': 'sid' }), null],
  ['affinity by cookie has a default name', annotated({ affinity: 'cookie' }), 'INGRESSCOOKIE'],
  [
    'affinity by cookie has its own name',
    annotated({ affinity: 'cookie', 'session-cookie-name': 'sid' }),
    'sid',
  ],
])('%s', (_case, ordinary, expected) => {
  expect(sessionCookieNameOf(ordinary)).toBe(expected)
})
