import { loadavg } from 'node:os'
import { quantile } from '@/bench/statistics'
import type { Timed } from '@/tests/cluster/timing/change'

const HEADS: Readonly<Record<keyof Timed, string>> = {
  written: 'PUT answered',
  first: 'first changed answer',
  lastOld: 'last old answer',
  stated: 'in effect',
  shown: 'on the screen',
}

const columns = Object.keys(HEADS) as (keyof Timed)[]

/** Series of changes as a Markdown table: median / p95 / max of each column, in milliseconds from the write. */
export class Table {
  readonly #lines: string[][] = [
    ['median / p95 / max, ms', 'changes', 'load', ...columns.map(key => HEADS[key])],
    ['---', '---:', '---:', ...columns.map(() => '---:')],
  ]

  add(what: string, timed: readonly Partial<Timed>[]): void {
    const cells = columns.map(key => cellOf(timed.flatMap(each => each[key] ?? [])))
    this.#lines.push([what, String(timed.length), (loadavg()[0] ?? 0).toFixed(1), ...cells])
  }

  get text(): string {
    return this.#lines.map(line => `| ${line.join(' | ')} |`).join('\n')
  }
}

const cellOf = (values: readonly number[]) =>
  values.length === 0 ? '' : [0.5, 0.95, 1].map(part => quantile(values, part)).join(' / ')
