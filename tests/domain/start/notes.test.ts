import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { StartSources } from '@/lib/domain/model/start'
import { noteIds, noteOf, notesOf } from '@/lib/domain/start/notes'
import { findingText } from '@/lib/language/finding'
import { plain } from '@/lib/language/rich'
import { deployment, drafted, sources } from './cluster'

const labels = { app: 'user-v1' }
const careful = {
  name: 'nginx',
  image: 'i',
  readinessProbe: {},
  lifecycle: { preStop: { sleep: { seconds: 10 } } },
}
const scaler = (name: string) => ({
  metadata: { name: 'grow' },
  spec: { scaleTargetRef: { kind: 'Deployment', name } },
})
const budget = (app: string) => ({ metadata: { name: 'calm' }, spec: { selector: { matchLabels: { app } } } })
const volume = { name: 'data', persistentVolumeClaim: { claimName: 'user-data' } }

const notes = (pod: object, more: Partial<StartSources> = {}) => {
  const from = { deployments: [deployment('user-v1', labels, { pod })], ...more }
  return notesOf(drafted({ container: 'nginx' }, from), sources(from))
}
const idsOf = (...args: Parameters<typeof notes>) => notes(...args).map(({ id }) => id)

describe('a start says what it does not copy, and what the copy lacks', () => {
  test.each<[string, string[], object, Partial<StartSources>]>([
    ['nothing where nothing is missing', [], {}, {}],
    ['an autoscaler', ['S01'], {}, { autoscalers: [scaler('user-v1')] }],
    ['but not that of another', [], {}, { autoscalers: [scaler('pay-v1')] }],
    ['a disruption budget', ['S02'], {}, { budgets: [budget('user-v1')] }],
    ['but not that of another', [], {}, { budgets: [budget('pay-v1')] }],
    ['no readiness probe', ['S03'], { containers: [{ ...careful, readinessProbe: undefined }] }, {}],
    ['no wait before the end', ['S04'], { containers: [{ ...careful, lifecycle: { postStart: {} } }] }, {}],
    [
      'a second container is careful',
      [],
      {
        containers: [
          { name: 'nginx', image: 'i' },
          { ...careful, name: 'b' },
        ],
      },
      {},
    ],
    ['a volume of its own', ['S05'], { volumes: [volume] }, {}],
    ['but not one of its pods', [], { volumes: [{ name: 'tmp', emptyDir: {} }] }, {}],
  ])('%s', (_case, ids, pod, more) => {
    expect(idsOf({ containers: [careful], ...pod }, more)).toEqual(ids)
  })
  test('each says where, and of what', () => {
    expect(notes({ containers: [careful] }, { autoscalers: [scaler('user-v1')] })).toMatchObject([
      {
        severity: 'warning',
        where: 'shop/user-v2 spec.replicas',
        title: 'The autoscaler grow is not copied',
        why: expect.stringContaining('user-v2 keeps the 3 pods'),
      },
    ])
  })
})

test.each(noteIds)('%s is said in both languages, each parameter in its place', id => {
  const params = {
    deployment: 'user-v1',
    clone: 'user-v2',
    replicas: 3,
    autoscaler: 'grow',
    budget: 'calm',
    claim: 'data',
  }
  const note = noteOf(id, 'shop/user-v2 spec', params)
  const [english, chinese] = [findingText(note, 'en'), findingText(note, 'zh-CN')]
  expect(plain(english.title)).toBe(note.title)
  for (const text of [note.title, note.why, note.fix ?? '']) expect(text).not.toMatch(/[{}–]/)
  for (const text of [chinese.title, chinese.why, chinese.fix]) {
    expect(plain(text)).toMatch(/[\u4e00-\u9fff]/)
    expect(plain(text)).not.toMatch(/[{}–]/)
  }
})

test.each(noteIds)('%s is named where the API of a review is described', id => {
  expect(readFileSync('docs/api.md', 'utf8')).toContain(id)
})
