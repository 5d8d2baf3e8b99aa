import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { type Rule, users } from '@/sandbox/api/access'

type Role = { kind: string; rules?: Rule[] }

/** `verb group/resource`, one for each permission. */
const permissions = (rules: readonly Rule[]): string[] =>
  rules
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap(group =>
        resources.flatMap(resource => verbs.map(verb => `${verb} ${group}/${resource}`)),
      ),
    )
    .sort()

const granted = parseAllDocuments(readFileSync('deploy/rbac.yaml', 'utf8'))
  .map(document => document.toJS() as Role)
  .flatMap(({ kind, rules = [] }) => (kind === 'ClusterRole' ? rules : []))

test('the sandbox lets Halftone do exactly what deploy/rbac.yaml grants, and ask what it may do', () => {
  const reviews = ['selfsubjectaccessreviews', 'selfsubjectrulesreviews']
  expect(permissions(users.halftone.rules)).toEqual(
    [
      ...permissions(granted),
      ...reviews.map(resource => `create authorization.k8s.io/${resource}`),
    ].sort(),
  )
})

test('no rule is for everything, nor for certain objects only', () => {
  for (const rule of granted) {
    expect(JSON.stringify(rule)).not.toContain('*')
    expect(rule.resourceNames).toBeUndefined()
  }
})
