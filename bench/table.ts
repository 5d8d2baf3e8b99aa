/** One line of the bench: what was measured, beside what, and what it must reach; `ok` is null where nothing must be. */
export type Row = {
  what: string
  ours: string
  against: string
  ratio: string
  must: string
  ok: boolean | null
}

const HEADS = { what: 'what', ours: 'ours', against: 'against', ratio: 'ratio', must: 'must', ok: 'ok?' }
const words = ({ ok, ...row }: Row) => ({ ...row, ok: ok === null ? '' : ok ? 'yes' : 'NO' })

/** All rows as one Markdown table whose columns line up. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [HEADS, ...rows.map(words)].map(line => Object.values(line))
  const widths = Object.values(HEADS).map((_, column) =>
    Math.max(...lines.map(line => line[column]?.length ?? 0)),
  )
  const written = lines.map(line => `| ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`)
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`
  return [written[0], rule, ...written.slice(1)].join('\n')
}
