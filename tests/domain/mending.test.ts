import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { mendLines } from '@/lib/domain/mend-line'
import { mendCommand, mendingPatch } from '@/lib/domain/mending'
import { releaseOf } from '@/lib/domain/release'
import { routingOf } from '@/lib/domain/routing'
import { ingress } from '@/tests/fixtures/ingresses'

const NGINX = 'nginx.ingress.kubernetes.io/'
const WEIGHT = `/metadata/annotations/${NGINX.replaceAll('/', '~1')}canary-weight`

function world(annotations: Record<string, string>) {
  const main = ingress('main', { host: 'h.test', paths: [{ path: '/', service: 'app' }], created: 10 })
  const canary = ingress('next', {
    host: 'h.test',
    paths: [{ path: '/', service: 'app-2' }],
    annotations: { canary: 'true', ...annotations },
    created: 20,
  })
  const routing = routingOf([main, canary], { annotationValidation: true })
  const workloads = { service: () => undefined, slices: () => [], deployments: () => [], pods: () => [] }
  const release = releaseOf(canary, { cluster: 'demo', routing, workloads })
  return { release, canary, routing }
}
const outside = world({ 'canary-weight': '150' })
const found = (facts: typeof outside, id: string) => {
  const finding = facts.release.findings.find(each => each.id === id)
  if (!finding) throw new Error(`no ${id}`)
  return { finding: finding.id, where: finding.where }
}
const said = (result: ReturnType<typeof mendingPatch>) => (result.ok ? result.value : result.problem.code)

describe('a mending is of a finding that is there, as it is there', () => {
  test('a weight outside is written as the controller reads it', () => {
    expect(said(mendingPatch(outside, found(outside, 'L13')))).toEqual([
      { op: 'test', path: WEIGHT, value: '150' },
      { op: 'replace', path: WEIGHT, value: '100' },
    ])
  })

  test.each([
    ['a finding that is not there', { finding: 'L12', where: found(outside, 'L13').where }],
    ['one that is somewhere else', { finding: 'L13', where: 'shop/other metadata.annotations' }],
    ['an id nobody knows', { finding: '__proto__', where: '' }],
  ])('%s is refused', (_case, wanted) => expect(said(mendingPatch(outside, wanted))).toBe('not-mendable'))

  test('what another controller keeps is left to it', () => {
    const owner = { kind: 'Rollout', name: 'app' }
    const owned = { ...outside, release: { ...outside.release, owner } }
    expect(said(mendingPatch(owned, found(outside, 'L13')))).toBe('owned-elsewhere')
  })

  test('every finding that says it can be mended has a patch, and no other', () => {
    const { findings } = outside.release
    expect(findings.some(each => each.canBeMended)).toBe(true)
    for (const each of findings) {
      const patch = mendingPatch(outside, { finding: each.id, where: each.where })
      expect(patch.ok).toBe(each.canBeMended === true)
    }
  })
})

test('the command is one that a shell hands on whole', () => {
  const patch = [{ op: 'test' as const, path: WEIGHT, value: `it's $(id)` }]
  const command = mendCommand({ context: 'prod', namespace: 'shop', name: 'next' }, patch)
  const words = execFileSync('/bin/sh', ['-c', `kubectl() { printf '%s\\0' "$@"; }; ${command}`])
    .toString()
    .split('\0')
  expect(words.slice(0, 9).join(' ')).toBe('--context prod -n shop patch ingress next --type=json -p')
  expect(JSON.parse(words[9] ?? '')).toEqual(patch)
})

describe('a patch is told as what stands there now and what will', () => {
  test.each([
    [
      'an annotation that is replaced',
      [
        { op: 'test', path: WEIGHT, value: '150' },
        { op: 'replace', path: WEIGHT, value: '100' },
      ],
      [{ at: `${NGINX}canary-weight`, before: '150', after: '100' }],
    ],
    [
      'one that is taken away, and what only must stay',
      [
        { op: 'test', path: WEIGHT, value: '0' },
        { op: 'test', path: '/metadata/annotations/a~1b~0c', value: 'x' },
        { op: 'remove', path: '/metadata/annotations/a~1b~0c' },
      ],
      [{ at: 'a/b~c', before: 'x', after: null }],
    ],
    [
      'a field',
      [{ op: 'replace', path: '/spec/rules/0/http/paths/1/pathType', value: 'Prefix' }],
      [{ at: 'spec.rules[0].http.paths[1].pathType', before: null, after: 'Prefix' }],
    ],
    [
      'what is no text',
      [{ op: 'add', path: '/spec/x', value: { a: 1 } }],
      [{ at: 'spec.x', before: null, after: '{"a":1}' }],
    ],
  ])('%s', (_case, patch, lines) => expect(mendLines(patch)).toEqual(lines))
})
