import { expect, test } from 'vitest'
import { users } from '@/sandbox/api/access'
import { grantedRules, permissionsOf } from '@/tests/fixtures/rbac'

test('the sandbox lets Halftone do exactly what deploy/rbac.yaml grants, and ask what it may do', () => {
  const reviews = ['selfsubjectaccessreviews', 'selfsubjectrulesreviews']
  const asking = reviews.map(resource => `create authorization.k8s.io/${resource}`)
  expect(permissionsOf(users.halftone.rules)).toEqual([...permissionsOf(grantedRules), ...asking].sort())
})

test('no rule is for everything, nor for certain objects only', () => {
  for (const rule of grantedRules) {
    expect(JSON.stringify(rule)).not.toContain('*')
    expect(rule.resourceNames).toBeUndefined()
  }
})
