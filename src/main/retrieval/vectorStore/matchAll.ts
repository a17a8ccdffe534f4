import { MatchQuery, Operator } from '@lancedb/lancedb'
import { contentTerms } from '../../../shared/domain/language/terms.ts'
import { column, type Rows } from '../chunkRows.ts'
import type { MatchingChunk } from '../chunkStore.ts'
import { longestTerm } from './chunkIndexes.ts'
import { createNameTerms } from './nameTerms.ts'
import { countRows } from './ordinals.ts'
import { again } from './again.ts'
import type { StoreState } from './storeState.ts'

/** A query in terms that are the same in some languages. */
interface Asked {
  readonly terms: readonly string[]
  readonly languages: ReadonlySet<string>
}

interface Scored extends MatchingChunk {
  readonly score: number
}

const nameTerms = createNameTerms()

/**
 * The chunks that have all words of a query, best first. The index has the terms of each chunk in its own
 * language, so it decides by itself; texts are neither read nor analysed.
 */
export async function searchAllWords(
  state: StoreState,
  query: string,
): Promise<readonly MatchingChunk[]> {
  const asked = askedIn(query, state.languages.among())
  const [first = [], ...others] = await Promise.all(asked.map((one) => matchAll(state, one)))
  return others.length === 0 ? first : [first, ...others].flat().sort((a, b) => b.score - a.score)
}

/** A word can have another stem in each language, but most have the same in several. */
function askedIn(query: string, languages: readonly string[]): readonly Asked[] {
  const asked = new Map<string, { terms: readonly string[]; languages: Set<string> }>()
  for (const language of languages) {
    const terms = contentTerms(query, language)
    const key = terms.join(' ')
    const same = asked.get(key)
    if (same !== undefined) same.languages.add(language)
    else if (terms.length > 0) asked.set(key, { terms, languages: new Set([language]) })
  }
  return [...asked.values()]
}

async function matchAll(
  state: StoreState,
  { terms, languages }: Asked,
): Promise<readonly Scored[]> {
  const indexed = terms.filter((term) => Buffer.byteLength(term) < longestTerm)
  if (indexed.length === 0) return []
  const query = new MatchQuery(indexed.join(' '), 'searchText', { operator: Operator.And })
  const rows = await again(state, () =>
    state.table
      .query()
      .fullTextSearch(query)
      .select(['content', 'ordinal', 'language', 'source', '_score'])
      .limit(countRows(state.ordinals))
      .toArrow(),
  )
  const isComplete = indexed.length === terms.length
  return untilCertain(rows, languages, (names, language) =>
    isComplete ? !nameTerms.hasAny(names, language, terms) : false,
  )
}

/** A very common word is in all chunks of a library, so what isn't needed of a row isn't read. */
function untilCertain(
  rows: Rows,
  languages: ReadonlySet<string>,
  isCertain: (names: string, language: string) => boolean,
): readonly Scored[] {
  const contents = column(rows, 'content')
  const codes = column(rows, 'language')
  const sources = column(rows, 'source')
  const numbers = column(rows, 'ordinal')
  const scores = column(rows, '_score')
  const decided = new Set<string>()
  const found: Scored[] = []
  for (let row = 0; row < rows.numRows; row += 1) {
    const contentId = String(contents.get(row))
    if (decided.has(contentId)) continue
    const language = String(codes.get(row))
    if (!languages.has(language)) continue
    const certain = isCertain(String(sources.get(row)), language)
    if (certain) decided.add(contentId)
    const [ordinal, score] = [Number(numbers.get(row)), Number(scores.get(row))]
    found.push({ contentId, ordinal, isCertain: certain, score })
  }
  return found
}
