import { MatchQuery, type Query, type VectorQuery } from '@lancedb/lancedb'
import { explainingWrites } from '../disk/writeErrors.ts'
import { createMutex } from '../flow/mutex.ts'
import {
  checkChunk,
  checkContent,
  chunkColumns,
  toArrow,
  toChunks,
  toNumbers,
  toVectors,
  wrongLength,
  type Rows,
} from './chunkRows.ts'
import type { ChunkStore, EmbeddedChunk, FoundChunk, SearchLimits } from './chunkStore.ts'
import { planScope, searchAndDrop } from './searchScope.ts'
import { defaultVectorIndexFrom } from './vectorStore/chunkIndexes.ts'
import { openOrRecover, type ChunkTable, type StoreNotice } from './vectorStore/openTable.ts'
import {
  countRows,
  groupBySize,
  note,
  readOrdinals,
  type Ordinals,
} from './vectorStore/ordinals.ts'
import { toSearchText } from './searchText.ts'

export interface VectorStoreOptions {
  /** Belongs to this store alone; created if need be. */
  readonly directory: string
  /** Values in a vector. An index of another width is set aside. */
  readonly dimensions: number
  /**
   * Called before `openVectorStore` resolves. The owner of the list of documents then compares it
   * with `contents()` and adds what is missing.
   */
  readonly onNotice?: (notice: StoreNotice) => void
  /**
   * From this many chunks on, `optimize` makes a vector index; it stays when there are fewer again.
   */
  readonly vectorIndexFrom?: number
}

/** `add` of 20,000 rows at once stopped the event loop for 267 ms. */
const rowsPerWrite = 1_000

/** Characters of a question beyond these cost time and find nothing more. */
const longestQuery = 2_000

/** Opens LanceDB's table of chunks. One process at a time: the library's lock sees to that. */
export async function openVectorStore(options: VectorStoreOptions): Promise<ChunkStore> {
  const { vectorIndexFrom = defaultVectorIndexFrom, onNotice = () => undefined } = options
  const opened = await openOrRecover({ ...options, vectorIndexFrom }, onNotice)
  return createStore(opened, options.dimensions, await readOrdinals(opened.table))
}

const columns = [...chunkColumns]

/**
 * Rows that are not in the full text index are searched one by one: 20,000 of them took seconds. So
 * they are added as they arrive, in steps that grow with the index, because adding rewrites it.
 */
const fewestToFold = 2_000
const shareToFold = 0.05

function createStore(
  { connection, table, indexes }: ChunkTable,
  dimensions: number,
  ordinals: Ordinals,
): ChunkStore {
  const exclusive = createMutex()
  const writing = (write: () => Promise<void>): Promise<void> =>
    exclusive(() => explainingWrites(write))
  let unoptimized = false
  let unindexed = 0

  async function optimize(): Promise<void> {
    await table.optimize({ cleanupOlderThan: new Date() })
    await indexes.refresh(countRows(ordinals))
    unoptimized = false
    unindexed = 0
  }

  async function write(rows: readonly EmbeddedChunk[]): Promise<void> {
    const data = toArrow(rows, dimensions)
    const replaces = rows.some((row) => ordinals.get(row.contentId)?.has(row.ordinal) === true)
    if (replaces) {
      await table.mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(data)
    } else {
      await table.add(data)
    }
    // Scores of rows that are not in the full text index yet are weighted by those that are; over
    // an empty index they are noise (nDCG@10 0.007 instead of 0.542 on Cranfield).
    unindexed += rows.length
    const isFirst = ordinals.size === 0
    for (const row of rows) note(ordinals, row.contentId, row.ordinal)
    if (isFirst || unindexed > Math.max(fewestToFold, countRows(ordinals) * shareToFold))
      await optimize()
  }

  async function search(limits: SearchLimits, run: RunSearch): Promise<FoundChunk[]> {
    const plan = planScope(limits, ordinals)
    const filtered = (): Promise<FoundChunk[]> =>
      again(() => run(limits.limit, limits.contents, plan.kind === 'exact'))
    if (plan.kind !== 'drop') return filtered()
    return searchAndDrop(limits, plan.limit, (limit) => again(() => run(limit)), filtered)
  }

  const nothingToFind = ({ limit, contents }: SearchLimits): boolean =>
    limit <= 0 || contents?.size === 0 || ordinals.size === 0

  return {
    async add(chunks) {
      for (const chunk of chunks) checkChunk(chunk, dimensions)
      // LanceDB would insert both of two new rows with one id.
      const rows = [...new Map(chunks.map((chunk) => [chunk.id, chunk])).values()]
      await writing(async () => {
        unoptimized = rows.length > 0 || unoptimized
        for (let from = 0; from < rows.length; from += rowsPerWrite) {
          await write(rows.slice(from, from + rowsPerWrite))
        }
      })
    },

    async remove(contents) {
      contents.forEach(checkContent)
      await writing(async () => {
        const known = new Set(contents.filter((contentId) => ordinals.has(contentId)))
        if (known.size === 0) return
        unoptimized = true
        await table.delete(among(known))
        for (const contentId of known) ordinals.delete(contentId)
      })
    },

    contents: () =>
      Promise.resolve(new Map([...ordinals].map(([contentId, { size }]) => [contentId, size]))),

    count: () => Promise.resolve(countRows(ordinals)),

    async searchFullText(query, limits) {
      if (query.trim() === '' || nothingToFind(limits)) return []
      const read = columnsFor(limits)
      const match = new MatchQuery(toSearchText(query.slice(0, longestQuery)), 'searchText')
      return search(limits, async (limit, contents) => {
        const rows = await within(table.query().fullTextSearch(match), contents)
          .select([...read, '_score'])
          .limit(limit)
          .toArrow()
        return toFound(rows, toNumbers(rows, '_score'), limits)
      })
    },

    async searchVector(vector, limits) {
      if (vector.length !== dimensions) throw wrongLength(vector.length, dimensions)
      if (nothingToFind(limits)) return []
      const read = columnsFor(limits)
      return search(limits, async (limit, contents, isExact) => {
        const nearest = within(table.query().nearestTo(vector).distanceType('cosine'), contents)
        const isScoped = contents !== undefined
        const rows = await (
          isExact ? nearest.bypassVectorIndex() : indexes.viaIndex(nearest, isScoped)
        )
          .select([...read, '_distance'])
          .limit(limit)
          .toArrow()
        const cosines = toNumbers(rows, '_distance').map((distance) => 1 - distance)
        return toFound(rows, cosines, limits)
      })
    },

    async range(contentId, from, to) {
      checkContent(contentId)
      const between = `content = '${contentId}' AND ordinal BETWEEN ${whole(from)} AND ${whole(to)}`
      const rows = await again(() => table.query().where(between).select(columns).toArrow())
      return toChunks(rows).sort((a, b) => a.ordinal - b.ordinal)
    },

    async *scan() {
      for (const group of groupBySize(ordinals, rowsPerWrite)) {
        const rows = await again(() => table.query().where(among(group)).select(columns).toArrow())
        yield toChunks(rows)
      }
    },

    optimize: () => writing(optimize),

    async close() {
      await writing(async () => {
        if (unoptimized) await optimize()
        table.close()
        connection.close()
      })
    },
  }
}

/** `optimize` can take away the version that a query has just begun to read; the next one is there. */
async function again<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch {
    return read()
  }
}

/** @param isExact whether every vector in the scope is compared, even if there is an index */
type RunSearch = (
  limit: number,
  contents?: ReadonlySet<string>,
  isExact?: boolean,
) => Promise<FoundChunk[]>

function within<T extends Query | VectorQuery>(query: T, contents?: ReadonlySet<string>): T {
  if (contents !== undefined) query.where(among(contents))
  return query
}

/** The part of SQL that limits a query to contents; their names were checked or came from rows. */
function among(contents: ReadonlySet<string>): string {
  return `content IN (${[...contents].map((contentId) => `'${contentId}'`).join(',')})`
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
