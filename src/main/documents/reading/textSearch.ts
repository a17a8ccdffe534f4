import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import type { TextRange } from '../../../shared/domain/page.ts'
import { contentTerms, terms } from '../../../shared/domain/language/terms.ts'
import { scoreSentences } from '../../retrieval/keySentences.ts'
import type { IndexInUse } from '../../retrieval/searchIndex.ts'

/** A document whose text contains the words, with the best matching sentence. */
export interface DocumentHit extends TextRange {
  /** Id of the document. */
  readonly document: string
  readonly page: number
  /** The words of the range. */
  readonly quote: string
}

export type SearchDocuments = (text: string) => Promise<readonly DocumentHit[]>

/** Largest number of passages that are examined; more only match very common words. */
const mostPassages = 1_000

/**
 * Finds documents by their text. A document matches if one of its passages, with the headings above
 * it, contains every word in any inflection; stop words are optional. Best first.
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
      // Passages are sorted, so the first one of a content is its best.
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
