import type { Table } from '@lancedb/lancedb'
import { toNumbers, toStrings, type Rows } from '../chunkRows.ts'

/**
 * Which chunks are in the table: the ordinals of each content. Kept in memory because it is needed
 * often.
 */
export type Ordinals = Map<string, Set<number>>

/** @param onRows gets each batch, with the columns in `others` beside content and ordinal. */
export async function readOrdinals(
  table: Table,
  others: readonly string[] = [],
  onRows: (batch: Rows) => void = () => undefined,
): Promise<Ordinals> {
  const ordinals: Ordinals = new Map()
  for await (const batch of table.query().select(['content', 'ordinal', ...others])) {
    const numbers = toNumbers(batch, 'ordinal')
    for (const [row, content] of toStrings(batch, 'content').entries()) {
      note(ordinals, content, numbers[row] ?? 0)
    }
    onRows(batch)
  }
  return ordinals
}

export function countRows(ordinals: ReadonlyMap<string, ReadonlySet<number>>): number {
  return [...ordinals.values()].reduce((sum, { size }) => sum + size, 0)
}

export function note(ordinals: Ordinals, content: string, ordinal: number): void {
  const known = ordinals.get(content)
  if (known === undefined) ordinals.set(content, new Set([ordinal]))
  else known.add(ordinal)
}

/** All contents, in groups of this many rows or, where one alone has more, that one. */
export function* groupBySize(
  ordinals: ReadonlyMap<string, ReadonlySet<number>>,
  rows: number,
): Generator<ReadonlySet<string>> {
  let group = new Set<string>()
  let size = 0
  for (const [content, own] of [...ordinals]) {
    if (size > 0 && size + own.size > rows) {
      yield group
      group = new Set()
      size = 0
    }
    group.add(content)
    size += own.size
  }
  if (size > 0) yield group
}
