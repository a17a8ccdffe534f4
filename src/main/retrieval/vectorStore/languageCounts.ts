import type { Table } from '@lancedb/lancedb'
import { toStrings } from '../chunkRows.ts'
import { readOrdinals, type Ordinals } from './ordinals.ts'

/** In how many chunks each language is, kept in memory as each question needs it. */
export interface LanguageCounts {
  add(contentId: string, language: string): void
  forget(contentId: string): void
  /** The languages of these contents, or of all: that of the most chunks first. */
  among(contents?: ReadonlySet<string>): readonly string[]
}

type Counts = Map<string, number>

export function createLanguageCounts(): LanguageCounts {
  const byContent = new Map<string, Counts>()
  const all: Counts = new Map()
  return {
    add(contentId, language) {
      const own: Counts = byContent.get(contentId) ?? new Map<string, number>()
      byContent.set(contentId, own)
      for (const counts of [own, all]) count(counts, language, 1)
    },
    forget(contentId) {
      for (const [language, chunks] of byContent.get(contentId) ?? []) count(all, language, -chunks)
      byContent.delete(contentId)
    },
    among(contents) {
      if (contents === undefined) return mostFirst(all)
      const sums: Counts = new Map()
      for (const contentId of contents) {
        for (const [language, chunks] of byContent.get(contentId) ?? [])
          count(sums, language, chunks)
      }
      return mostFirst(sums)
    },
  }
}

function count(counts: Counts, language: string, chunks: number): void {
  const sum = (counts.get(language) ?? 0) + chunks
  if (sum > 0) counts.set(language, sum)
  else counts.delete(language)
}

function mostFirst(counts: Counts): readonly string[] {
  return [...counts].sort(([, a], [, b]) => b - a).map(([language]) => language)
}

/** Reads which chunks a table has, and in which languages, in one pass. */
export async function readChunks(
  table: Table,
): Promise<{ readonly ordinals: Ordinals; readonly languages: LanguageCounts }> {
  const languages = createLanguageCounts()
  const ordinals = await readOrdinals(table, ['language'], (batch) => {
    const codes = toStrings(batch, 'language')
    for (const [row, content] of toStrings(batch, 'content').entries()) {
      languages.add(content, codes[row] ?? '')
    }
  })
  return { ordinals, languages }
}
