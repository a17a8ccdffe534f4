import { MatchQuery, type Query, type VectorQuery } from '@lancedb/lancedb'
import { chunkId, type ChunkPlace, type StoredChunk } from '../../../shared/domain/chunk.ts'
import { questionLanguage } from '../../../shared/domain/language/questionLanguage.ts'
import {
  checkContent,
  chunkColumns,
  toChunks,
  toNumbers,
  toVectors,
  wrongLength,
  type Rows,
} from '../chunkRows.ts'
import type { FoundChunk, SearchLimits } from '../chunkStore.ts'
import { planScope, searchAndDrop } from '../searchScope.ts'
import { toQueryText } from '../searchText.ts'
import { again } from './again.ts'
import { groupBySize } from './ordinals.ts'
import { among } from './among.ts'
import type { StoreState } from './storeState.ts'

/** Characters of a question beyond these cost time and find nothing more. */
const longestQuery = 2_000
/** Languages of the passages that a question is analysed in, those of the most passages. */
const mostLanguages = 8
/** Rows of a batch when all are read. */
const rowsPerBatch = 1_000

const columns = [...chunkColumns]

export async function searchFullText(
  state: StoreState,
  query: string,
  limits: SearchLimits,
): Promise<FoundChunk[]> {
  if (query.trim() === '' || nothingToFind(state, limits)) return []
  const read = columnsFor(limits)
  const languages = state.languages.among(limits.contents).slice(0, mostLanguages)
  const question = query.slice(0, longestQuery)
  const own = questionLanguage(question, languages).language
  const wanted = toQueryText(question, languages, own)
  if (wanted === '') return []
  const match = new MatchQuery(wanted, 'searchText')
  return search(state, limits, async (limit, contents) => {
    const rows = await within(state.table.query().fullTextSearch(match), contents)
      .select([...read, '_score'])
      .limit(limit)
      .toArrow()
    return toFound(rows, toNumbers(rows, '_score'), limits)
  })
}

/** @throws AppError `invalid-input` for a wrong vector length. */
export async function searchVector(
  state: StoreState,
  vector: Float32Array,
  limits: SearchLimits,
): Promise<FoundChunk[]> {
  const { table, indexes, dimensions } = state
  if (vector.length !== dimensions) throw wrongLength(vector.length, dimensions)
  if (nothingToFind(state, limits)) return []
  const read = columnsFor(limits)
  return search(state, limits, async (limit, contents, isExact) => {
    const nearest = within(table.query().nearestTo(vector).distanceType('cosine'), contents)
    const isScoped = contents !== undefined
    const query = isExact ? nearest.bypassVectorIndex() : indexes.viaIndex(nearest, isScoped)
    const rows = await query
      .select([...read, '_distance'])
      .limit(limit)
      .toArrow()
    const cosines = toNumbers(rows, '_distance').map((distance) => 1 - distance)
    return toFound(rows, cosines, limits)
  })
}

/** Chunks `from` … `to` (inclusive) of a content, in order. */
export async function readRange(
  state: StoreState,
  contentId: string,
  from: number,
  to: number,
): Promise<StoredChunk[]> {
  checkContent(contentId)
  const between = `content = '${contentId}' AND ordinal BETWEEN ${whole(from)} AND ${whole(to)}`
  const rows = await again(state, () =>
    state.table.query().where(between).select(columns).toArrow(),
  )
  return toChunks(rows).sort((a, b) => a.ordinal - b.ordinal)
}

/** The chunks at some places, in no order. */
export async function readChunksAt(
  state: StoreState,
  places: readonly ChunkPlace[],
): Promise<StoredChunk[]> {
  if (places.length === 0) return []
  const contents = new Set(places.map(({ contentId }) => contentId))
  contents.forEach(checkContent)
  const ids = places.map(
    ({ contentId, ordinal }) => `'${chunkId(contentId, Number(whole(ordinal)))}'`,
  )
  // The contents have an index.
  const wanted = `${among(contents)} AND id IN (${ids.join(',')})`
  const rows = await again(state, () => state.table.query().where(wanted).select(columns).toArrow())
  return toChunks(rows)
}

/** The chunks of a content that have no vector. */
export async function readWithoutVector(
  state: StoreState,
  contentId: string,
): Promise<StoredChunk[]> {
  checkContent(contentId)
  const missing = `content = '${contentId}' AND vector IS NULL`
  const rows = await again(state, () =>
    state.table.query().where(missing).select(columns).toArrow(),
  )
  return toChunks(rows)
}

/** All chunks, in batches. */
export async function* scan(state: StoreState): AsyncGenerator<StoredChunk[]> {
  for (const group of groupBySize(state.ordinals, rowsPerBatch)) {
    const rows = await again(state, () =>
      state.table.query().where(among(group)).select(columns).toArrow(),
    )
    yield toChunks(rows)
  }
}

/** @param isExact whether every vector in the scope is compared, even if there is an index */
type RunSearch = (
  limit: number,
  contents?: ReadonlySet<string>,
  isExact?: boolean,
) => Promise<FoundChunk[]>

async function search(
  state: StoreState,
  limits: SearchLimits,
  run: RunSearch,
): Promise<FoundChunk[]> {
  const plan = planScope(limits, state.ordinals)
  const filtered = (): Promise<FoundChunk[]> =>
    again(state, () => run(limits.limit, limits.contents, plan.kind === 'exact'))
  if (plan.kind !== 'drop') return filtered()
  return searchAndDrop(limits, plan.limit, (limit) => again(state, () => run(limit)), filtered)
}

function nothingToFind({ ordinals }: StoreState, { limit, contents }: SearchLimits): boolean {
  return limit <= 0 || contents?.size === 0 || ordinals.size === 0
}

function within<T extends Query | VectorQuery>(query: T, contents?: ReadonlySet<string>): T {
  if (contents !== undefined) query.where(among(contents))
  return query
}

function whole(value: number): string {
  return String(Math.max(0, Math.min(Math.trunc(value), 2 ** 31 - 1)))
}

function columnsFor({ withVectors = false }: SearchLimits): string[] {
  return withVectors ? [...columns, 'vector'] : columns
}

function toFound(
  rows: Rows,
  scores: readonly number[],
  { withVectors = false }: SearchLimits,
): FoundChunk[] {
  const vectors = withVectors ? toVectors(rows) : undefined
  return toChunks(rows).map((chunk, index) => {
    const found = { chunk, score: scores[index] ?? 0 }
    return vectors === undefined ? found : { ...found, vector: vectors[index] ?? null }
  })
}
