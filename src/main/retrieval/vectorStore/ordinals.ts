import type { Table } from '@lancedb/lancedb'
import { toNumbers, toStrings } from '../chunkRows.ts'
import { createLanguageCounts, type LanguageCounts } from './languageCounts.ts'

/**
 * Which chunks are in the table: the ordinals of each content. Kept in memory because it is needed
 * often.
 */
export type Ordinals = Map<string, Set<number>>

/** Reads which chunks there are, and in which languages. */
export async function readOrdinals(
  table: Table,
): Promise<{ readonly ordinals: Ordinals; readonly languages: LanguageCounts }> {
  const ordinals: Ordinals = new Map()
  const languages = createLanguageCounts()
  for await (const batch of table.query().select(['content', 'ordinal', 'language'])) {
    const contents = toStrings(batch, 'content')
    const numbers = toNumbers(batch, 'ordinal')
    const codes = toStrings(batch, 'language')
    for (const [row, content] of contents.entries()) {
      note(ordinals, content, numbers[row] ?? 0)
      languages.add(content, codes[row] ?? '')
    }
  }
  return { ordinals, languages }
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
