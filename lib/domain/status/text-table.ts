/** Rows of words as lines, each column as wide as its longest word; indented, without blanks at the end. */
export function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows)
    row.forEach((word, at) => {
      widths[at] = Math.max(widths[at] ?? 0, word.length)
    })
  const lineOf = (row: readonly string[]) => row.map((word, at) => word.padEnd(widths[at] ?? 0)).join('  ')
  return rows.map(row => `  ${lineOf(row)}`.trimEnd())
}
