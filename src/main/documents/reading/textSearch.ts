import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import type { TextRange } from '../../../shared/domain/page.ts'
import { contentTerms, terms } from '../../../shared/domain/terms.ts'
import { scoreSentences } from '../../retrieval/keySentences.ts'
import type { IndexInUse } from '../../retrieval/searchIndex.ts'

/** A document whose text holds the words, with the sentence that fits them best. */
export interface DocumentHit extends TextRange {
  /** Id of the document. */
  readonly document: string
  readonly page: number
  /** The words of the range. */
  readonly quote: string
}

export type SearchDocuments = (text: string) => Promise<readonly DocumentHit[]>

/** Passages that are looked at; of documents behind them nobody has asked for so common a word. */
const mostPassages = 1_000

/**
 * Finds documents by their text. A document fits when one of its passages, with the headings above
 * it, holds every word, in whatever form; words that say nothing need not be there. Best first.
 */
export function createTextSearch({
  index,
  documents,
}: {
  readonly index: Pick<IndexInUse, 'use'>
  readonly documents: () => readonly LibraryDocument[]
}): SearchDocuments {
  return async (text) => {
    const wanted = contentTerms(text)
    if (wanted.length === 0) return []
    const { found, weight } = await index.use(async ({ store, statistics }) => ({
      found: await store.searchFullText(text, { limit: mostPassages }),
      weight: (term: string) => statistics.idf(term),
    }))
    const sharers = byContent(documents())
    const hits: DocumentHit[] = []
    for (const { chunk } of found) {
      const rows = sharers.get(chunk.contentId)
      if (rows === undefined) continue
      const held = new Set(terms(`${chunk.heading}\n${chunk.text}`))
      if (!wanted.every((term) => held.has(term))) continue
      // The first passage of a content is its best.
      sharers.delete(chunk.contentId)
      const [sentences = []] = scoreSentences(text, [chunk], weight)
      const best = sentences.reduce((one, other) => (other.score > one.score ? other : one), {
        text: chunk.text,
        start: chunk.start,
        end: chunk.end,
        score: -1,
      })
      const { start, end, text: quote } = best
      hits.push(...rows.map(({ id }) => ({ document: id, page: chunk.page, start, end, quote })))
    }
    return hits
  }
}

function byContent(documents: readonly LibraryDocument[]): Map<string, LibraryDocument[]> {
  const sharers = new Map<string, LibraryDocument[]>()
  for (const document of documents) {
    if (document.contentId === null) continue
    const rows = sharers.get(document.contentId)
    if (rows === undefined) sharers.set(document.contentId, [document])
    else rows.push(document)
  }
  return sharers
}
