import type { StoredChunk } from '../../../shared/domain/chunk.ts'
import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import type { TextRange } from '../../../shared/domain/page.ts'
import { splitSentences } from '../../../shared/domain/sentences.ts'
import { scoreSentences, type TermWeight } from '../../retrieval/keySentences.ts'
import type { IndexInUse } from '../../retrieval/searchIndex.ts'
import { createTermSearch, type TermSearch } from './termSearch.ts'

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
 * Contents whose sentences are scored as those of an answer are. Hundreds have very common words, which
 * say little: of the others the first sentence is shown that has the most of them.
 */
const mostScored = 50

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
    const { found, weight, frequency } = await index.use(async ({ store, statistics }) => ({
      found: await store.searchFullText(text, { limit: mostPassages }),
      weight: (term: string) => statistics.idf(term),
      // While passages are written or counted, a term may be in more of them than is known.
      frequency:
        statistics.chunks === (await store.count())
          ? (term: string) => statistics.documentFrequency(term)
          : null,
    }))
    const chunks = found.map(({ chunk }) => chunk)
    const sharers = byContent(documents(), new Set(chunks.map(({ contentId }) => contentId)))
    const sought = createTermSearch(text, frequency)
    const matching = matchingChunks(chunks, sought, (contentId) => sharers.has(contentId))
    return matching.flatMap((chunk, rank) => {
      const best =
        rank < mostScored ? bestSentence(text, chunk, weight) : fullestSentence(chunk, sought)
      const rows = sharers.get(chunk.contentId) ?? []
      return rows.map(({ id }) => ({ document: id, page: chunk.page, ...best }))
    })
  }
}

/** The first passage of each content that has all the terms: they are sorted, so it is the best. */
function matchingChunks(
  chunks: readonly StoredChunk[],
  sought: TermSearch,
  isInLibrary: (contentId: string) => boolean,
): readonly StoredChunk[] {
  const matching = new Map<string, StoredChunk>()
  for (const chunk of chunks) {
    const { contentId } = chunk
    if (matching.has(contentId) || !isInLibrary(contentId)) continue
    if (sought.hasAll(chunk)) matching.set(contentId, chunk)
  }
  return [...matching.values()]
}

type Quote = Pick<DocumentHit, 'start' | 'end' | 'quote'>

function bestSentence(question: string, chunk: StoredChunk, weight: TermWeight): Quote {
  const [sentences = []] = scoreSentences(question, [chunk], weight)
  const whole = { text: chunk.text, start: chunk.start, end: chunk.end, score: -1 }
  const { start, end, text } = sentences.reduce(
    (one, other) => (other.score > one.score ? other : one),
    whole,
  )
  return { start, end, quote: text }
}

/** The first sentence that has the most of the terms. */
function fullestSentence({ text, start, end, language }: StoredChunk, sought: TermSearch): Quote {
  let best = { start, end, quote: text }
  let most = 0
  for (const sentence of splitSentences(text)) {
    const quote = text.slice(sentence.start, sentence.end)
    const share = sought.shareIn(quote, language)
    if (share > most) best = { start: start + sentence.start, end: start + sentence.end, quote }
    most = Math.max(most, share)
    if (most === 1) break
  }
  return best
}

/** The documents of each of some contents. */
function byContent(
  documents: readonly LibraryDocument[],
  contents: ReadonlySet<string>,
): ReadonlyMap<string, readonly LibraryDocument[]> {
  const sharers = new Map<string, LibraryDocument[]>()
  for (const document of documents) {
    const { contentId } = document
    if (contentId === null || !contents.has(contentId)) continue
    const rows = sharers.get(contentId)
    if (rows === undefined) sharers.set(contentId, [document])
    else rows.push(document)
  }
  return sharers
}
