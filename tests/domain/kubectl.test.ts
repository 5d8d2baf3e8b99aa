import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  annotateCommand,
  createCommand,
  manifestFile,
  previousLogsCommand,
  shellWord,
} from '@/lib/domain/kubectl'

const id = { context: 'demo', namespace: 'default', name: 'user-canary' }
const KEY = 'nginx.ingress.kubernetes.io/canary-weight'

/** What a shell passes on for these words. */
const wordsOf = (command: string): string[] =>
  execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${command}`])
    .toString()
    .split('\0')
    .slice(0, -1)

describe('copy as kubectl', () => {
  test('sets and takes away annotations, in the words of kubectl', () => {
    const patch = { metadata: { annotations: { [KEY]: '20', 'a.b/c': null } } }
    expect(annotateCommand(id, patch)).toBe(
      `kubectl --context demo -n default annotate ingress user-canary --overwrite ${KEY}=20 a.b/c-`,
    )
  })

  test('a JSON value survives the shell', () => {
    const patch = { metadata: { annotations: { 'halftone.dev/sampling': `{"path":"/it's"}` } } }
    expect(wordsOf(annotateCommand(id, patch)).at(-1)).toBe(`halftone.dev/sampling={"path":"/it's"}`)
  })

  test('the logs before the crash can be asked for', () => {
    expect(previousLogsCommand({ context: 'demo', namespace: 'shop', name: 'user-v2-x' })).toBe(
      'kubectl --context demo -n shop logs --previous user-v2-x',
    )
  })

  test('objects are created from a here-document, never overwritten', () => {
    expect(createCommand('demo', ['kind: A\n', 'kind: B'])).toBe(
      "kubectl --context demo create -f - <<'EOF'\nkind: A\n---\nkind: B\nEOF\n",
    )
  })

  test('whatever the objects hold, kubectl reads exactly them, and the shell runs nothing', () => {
    const line = fc.constantFrom('EOF', 'EOF_', '$(id)', '`id`', '\\', "'", '"', 'a: b', '', ' EOF', '---')
    const yaml = fc.array(line, { minLength: 1, maxLength: 6 }).map(lines => lines.join('\n'))
    const heard = (command: string) =>
      execFileSync('/bin/sh', ['-c', `kubectl() { cat; }\n${command}`]).toString()
    fc.assert(
      fc.property(fc.array(yaml, { minLength: 1, maxLength: 3 }), yamls => {
        expect(heard(createCommand("it's", yamls))).toBe(manifestFile(yamls))
      }),
      { numRuns: 40 },
    )
  })

  test('whatever the value, the shell passes on exactly it, as one word, and runs nothing', () => {
    const hostile = fc.constantFrom(
      '$(id)',
      '`id`',
      '\n',
      ';',
      "'",
      '"',
      '\\',
      ' ',
      '&',
      '|',
      '*',
      '~',
      '!',
      '#',
    )
    const text = fc
      .array(fc.oneof(hostile, fc.string({ unit: 'grapheme' })), { maxLength: 8 })
      .map(parts => parts.join('').replaceAll('\0', ''))
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), texts => {
        expect(wordsOf(texts.map(shellWord).join(' '))).toEqual(texts)
      }),
      { numRuns: 60 },
    )
  })
})
