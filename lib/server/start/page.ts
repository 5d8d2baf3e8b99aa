import 'server-only'
import { diffArrays } from 'diff'
import { stringify } from 'yaml'
import type { Manifest, ReviewPage } from '@/lib/domain/model/start'

type Line = ReviewPage['lines'][number]

/** More differences than this are not looked for: the work grows with their square. */
const MOST_DIFFERENCES = 1_000

/**
 * An object as YAML, as kubectl prints it: keys in alphabetical order, lists not indented; texts that some reader of YAML would take for
 * something else are quoted.
 *
 * Source: kubectl reads YAML 1.1 (sigs.k8s.io/yaml).
 */
export const yamlOf = (object: Manifest): string =>
  stringify(object, {
    version: '1.1',
    sortMapEntries: true,
    indentSeq: false,
    aliasDuplicateObjects: false,
    lineWidth: 0,
  })

/** One object of a review beside the stable version's: what is only in that one stands before what is only in this one. */
export function pageOf(object: Manifest, stable: Manifest): ReviewPage {
  const [before, after] = [linesOf(stable), linesOf(object)]
  const parts = diffArrays(before, after, { maxEditLength: MOST_DIFFERENCES })
  const lines = parts
    ? parts.flatMap(({ removed, added, value }) => signed(removed ? '-' : added ? '+' : '', value))
    : [...signed('-', before), ...signed('+', after)]
  return { kind: object.kind, name: object.metadata.name, lines }
}

const linesOf = (object: Manifest): string[] => yamlOf(object).slice(0, -1).split('\n')

const signed = (sign: Line['sign'], texts: readonly string[]): Line[] => texts.map(text => ({ sign, text }))
