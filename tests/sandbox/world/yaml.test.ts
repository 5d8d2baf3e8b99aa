import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { releaseManifests } from '@/sandbox/world/reference'
import { yamlOf } from '@/sandbox/world/yaml'

test('texts that YAML would read as something else are quoted', () => {
  const odd = [
    'true',
    'no',
    '0',
    '1.5',
    'null',
    '',
    'a: b',
    '- a',
    '#x',
    '*a',
    'on',
    ' x',
    'x ',
    '~',
    '{a}',
    '中',
  ]
  for (const text of odd) expect(yamlOf([{ key: text }])).toBe(`key: ${JSON.stringify(text)}\n`)
})

test('plain texts, numbers and nests are written as people write them', () => {
  const object = {
    a: 'nginx:user-v1',
    size: 3,
    list: [{ x: 1, z: [2] }],
    none: {},
    empty: [],
    gone: undefined,
  }
  expect(yamlOf([object])).toBe(
    'a: nginx:user-v1\nsize: 3\nlist:\n- x: 1\n  z:\n  - 2\nnone: {}\nempty: []\n',
  )
})

test('the release is three documents, with the weight as text', () => {
  const yaml = yamlOf(releaseManifests())
  expect(yaml.split('---\n')).toHaveLength(3)
  expect(yaml).toContain('nginx.ingress.kubernetes.io/canary-weight: "0"')
})

const KUBECTL = 'kubectl'

const hasKubectl = () => {
  try {
    execFileSync(KUBECTL, ['version', '--client'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test.skipIf(!hasKubectl())('kubectl reads it as the same objects (skipped where no kubectl is found)', () => {
  const json = execFileSync(KUBECTL, ['label', '--local', '-f', '-', 'x=y', '-o', 'json'], {
    input: yamlOf(releaseManifests()),
    encoding: 'utf8',
    env: { ...process.env, KUBECONFIG: '/dev/null' },
  })
  const labelled = releaseManifests().map(each => ({
    ...each,
    metadata: { ...each.metadata, labels: { ...each.metadata.labels, x: 'y' } },
  }))
  const read: { kind?: string; items?: object[] }[] = json.split(/\n(?=\{)/).map(text => JSON.parse(text))
  expect(read.flatMap(each => each.items ?? [each])).toMatchObject(
    labelled.map(each => ({ kind: each.kind, metadata: each.metadata })),
  )
})
