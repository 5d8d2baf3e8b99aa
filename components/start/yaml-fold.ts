import type { ReviewPage } from '@/lib/domain/model/start'

export type YamlLine = ReviewPage['lines'][number]

/** Lines as they are shown: with their number in the new object, null for one that is not in it. */
export type Numbered = YamlLine & { number: number | null; at: number }

/** A stretch to show, or one of lines that are as in the stable version and may be folded away. */
export type Stretch = { kind: 'shown' | 'folded'; at: number; lines: Numbered[] }

/** Lines kept on both sides of a difference, and how many have to be left over for folding to be worth it. */
const [AROUND, WORTH] = [2, 4]

/** Numbers the lines and folds long stretches without a difference. */
export function foldedLines(lines: readonly YamlLine[]): Stretch[] {
  let count = 0
  const numbered = lines.map((line, at) => ({ ...line, at, number: line.sign === '-' ? null : ++count }))
  const changes = numbered.filter(line => line.sign !== '').map(line => line.at)
  const isNear = (at: number) => changes.some(change => Math.abs(change - at) <= AROUND)
  const stretches: Stretch[] = []
  for (const line of numbered) {
    const kind = isNear(line.at) ? 'shown' : 'folded'
    const last = stretches.at(-1)
    if (last?.kind === kind) last.lines.push(line)
    else stretches.push({ kind, at: line.at, lines: [line] })
  }
  return joined(
    stretches.map(each => (each.lines.length < WORTH ? { ...each, kind: 'shown' as const } : each)),
  )
}

/** Neighbours that are both shown are one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = []
  for (const each of stretches) {
    const last = result.at(-1)
    if (last?.kind === 'shown' && each.kind === 'shown') last.lines.push(...each.lines)
    else result.push({ ...each, lines: [...each.lines] })
  }
  return result
}

/** The whole YAML of a page, without what the stable version has instead. */
export const yamlOf = ({ lines }: ReviewPage): string =>
  lines
    .filter(line => line.sign !== '-')
    .map(line => `${line.text}\n`)
    .join('')
