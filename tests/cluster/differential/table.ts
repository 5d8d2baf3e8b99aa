import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What three readers say against one case; null where they agree with it. */
export type Row = { id: string; domain: string | null; gateway: string | null; controller: string | null }

const DOCUMENT = fileURLToPath(new URL('../../../docs/differential.md', import.meta.url))

/** Does a row tell of any difference. */
export const differs = ({ domain, gateway, controller }: Row): boolean =>
  [domain, gateway, controller].some(each => each !== null)

/** Rows as they stand in the document, without its last column. */
export const tableOf = (rows: readonly Row[]): string =>
  rows
    .map(({ id, ...said }) => {
      const cells = [said.domain, said.gateway, said.controller].map(each => each ?? 'as the case says')
      return `| ${[id, ...cells].join(' | ')} |`
    })
    .join('\n')

/** The cases about which docs/differential.md has a decision: the first column of its first table. */
export function decided(): string[] {
  const rows = readFileSync(DOCUMENT, 'utf8').matchAll(/^\| ([a-z]+-[\w-]+) \|.*\|\s*(\S[^|]*?)\s*\|$/gm)
  return [...rows].map(([, id = '']) => id)
}
