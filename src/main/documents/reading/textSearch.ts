import type { DocumentHit, DocumentMatch } from '../../../shared/contract/documents.ts'
import { chunkId, type ChunkPlace, type StoredChunk } from '../../../shared/domain/chunk.ts'
import type { TermWeight } from '../../../shared/domain/language/terms.ts'
import type { LibraryDocument } from '../../../shared/domain/libraryDocument.ts'
import { createTimeSlices } from '../../flow/timeSlices.ts'
import type { ChunkStore, MatchingChunk } from '../../retrieval/chunkStore.ts'
import { scoreSentences } from '../../retrieval/keySentences.ts'
import type { IndexInUse } from '../../retrieval/searchIndex.ts'
import type { TermStatistics } from '../../retrieval/termStatistics.ts'
import { createTermSearch } from './termSearch.ts'

/** Finds documents by the words in them. */
export interface TextSearch {
  /**
   * The documents that match, each with its best passage; best first. A document matches if one of its
   * passages, with the headings above it, contains every word in any inflection; stop words are optional.
   */
  readonly search: (text: string) => Promise<readonly DocumentMatch[]>
  /**
   * The sentences of some matches that fit the text best. It takes far longer for a match than finding it,
   * so only those that are shown are asked for. Matches whose passage is gone are left out.
   */
  readonly quote: (
    text: string,
    matches: readonly DocumentMatch[],
  ) => Promise<readonly DocumentHit[]>
}

/** Passages whose text is looked at because a word may be in the names of their file only. */
const mostExamined = 1_000

export function createTextSearch({
  index,
  documents,
}: {
  readonly index: Pick<IndexInUse, 'use'>
  readonly documents: () => readonly LibraryDocument[]
}): TextSearch {
  return {
    async search(text) {
      const { sharers, best } = await index.use(async ({ store, statistics }) => {
        const found = await store.searchAllWords(text)
        const sharers = byContent(documents(), new Set(found.map(({ contentId }) => contentId)))
        const inLibrary = found.filter(({ contentId }) => sharers.has(contentId))
        const examined = await examine(text, inLibrary, store, statistics)
        return { sharers, best: bestOfEach(inLibrary, examined) }
      })
      return best.flatMap(({ contentId, ordinal }) =>
        (sharers.get(contentId) ?? []).map(({ id }) => ({ document: id, passage: ordinal })),
      )
    },
    async quote(text, matches) {
      const contents = contentsOf(documents(), new Set(matches.map(({ document }) => document)))
      const places = matches.flatMap(({ document, passage }) => {
        const contentId = contents.get(document)
        return contentId === undefined ? [] : { document, contentId, ordinal: passage }
      })
      const { chunks, weight } = await index.use(async ({ store, statistics }) => ({
        chunks: await store.chunksAt(places),
        weight: (term: string) => statistics.idf(term),
      }))
      const byId = new Map(chunks.map((chunk) => [chunk.id, chunk]))
      return quoteEach(text, places, byId, weight)
    },
  }
}

/** @returns the ids of those that have all the words without the names of their file. */
async function examine(
  text: string,
  found: readonly MatchingChunk[],
  store: ChunkStore,
  statistics: TermStatistics,
): Promise<ReadonlySet<string>> {
  const uncertain = found.filter(({ isCertain }) => !isCertain)
  if (uncertain.length === 0) return new Set()
  const chunks = await store.chunksAt(uncertain.slice(0, mostExamined))
  // While passages are written or counted, a term may be in more of them than is known.
  const isCounted = statistics.chunks === (await store.count())
  const sought = createTermSearch(
    text,
    isCounted ? (term) => statistics.documentFrequency(term) : null,
  )
  const slices = createTimeSlices()
  const having = new Set<string>()
  for (const chunk of chunks) {
    if (slices.due()) await slices.pause()
    if (sought.hasAll(chunk)) having.add(chunk.id)
  }
  return having
}

/** The first passage of each content that has all the words: they are sorted, so it is the best. */
function bestOfEach(
  found: readonly MatchingChunk[],
  examined: ReadonlySet<string>,
): readonly ChunkPlace[] {
  const best = new Map<string, ChunkPlace>()
  for (const chunk of found) {
    const { contentId, ordinal, isCertain } = chunk
    if (best.has(contentId)) continue
    if (isCertain || examined.has(chunkId(contentId, ordinal))) best.set(contentId, chunk)
  }
  return [...best.values()]
}

async function quoteEach(
  text: string,
  places: readonly (ChunkPlace & { readonly document: string })[],
  chunks: ReadonlyMap<string, StoredChunk>,
  weight: TermWeight,
): Promise<readonly DocumentHit[]> {
  const slices = createTimeSlices()
  const hits: DocumentHit[] = []
  for (const { document, contentId, ordinal } of places) {
    const chunk = chunks.get(chunkId(contentId, ordinal))
    if (chunk === undefined) continue
    if (slices.due()) await slices.pause()
    hits.push({ document, page: chunk.page, ...bestSentence(text, chunk, weight) })
  }
  return hits
}

function bestSentence(
  question: string,
  chunk: StoredChunk,
  weight: TermWeight,
): Pick<DocumentHit, 'start' | 'end' | 'quote'> {
  const [sentences = []] = scoreSentences(question, [chunk], weight)
  const whole = { text: chunk.text, start: chunk.start, end: chunk.end, score: -1 }
  const { start, end, text } = sentences.reduce(
    (one, other) => (other.score > one.score ? other : one),
    whole,
  )
  return { start, end, quote: text }
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

/** The content of each of some documents that has one. */
function contentsOf(
  documents: readonly LibraryDocument[],
  ids: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const contents = new Map<string, string>()
  for (const { id, contentId } of documents) {
    if (contentId !== null && ids.has(id)) contents.set(id, contentId)
  }
  return contents
}
