import { expect, test } from 'vitest'
import { explainAnswer } from '@/lib/server/kubernetes/refusal'

test.each([
  ['a missing right', 'cluster-forbids', 'services is forbidden: User "x" cannot create resource "services"'],
  ['a quota', 'cluster-refuses', 'services "a" is forbidden: exceeded quota: q, requested: services=1'],
  ['a webhook', 'cluster-refuses', 'admission webhook "p.test" denied the request: not today'],
  ['an ending namespace', 'cluster-refuses', 'services "a" is forbidden: unable to create new content'],
])('%s is a 403 that means %s', (_what, code, message) => {
  const refused = explainAnswer(403, JSON.stringify({ message }), undefined)
  expect(refused.problem).toMatchObject({ code, params: { message, status: 403 } })
  expect(refused.problem.title).toContain(message)
})

test('a name that is taken is not an edit that came too late', () => {
  const message = 'services "a" already exists'
  const details = { name: 'a', kind: 'services' }
  const refused = explainAnswer(409, JSON.stringify({ reason: 'AlreadyExists', message, details }), undefined)
  expect(refused).toMatchObject({
    status: 409,
    problem: { code: 'already-exists', params: { kind: 'services', name: 'a' } },
  })
})
