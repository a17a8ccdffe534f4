import { Index, type Table, type VectorQuery } from '@lancedb/lancedb'

/** The index leaves out terms of this many bytes and more. */
export const longestTerm = 100

/** The text comes as terms (`toSearchText`): the index separates them at spaces and changes nothing. */
const fullTextOptions = {
  baseTokenizer: 'whitespace',
  lowercase: false,
  stem: false,
  removeStopWords: false,
  asciiFolding: false,
  withPosition: false,
  maxTokenLength: longestTerm,
} as const

/**
 * Comparing a question with every vector costs about 1.1 ms of processor time per thousand chunks;
 * with the index 100,000 cost about 25 ms. At 50,000 the index is worth building and maintaining.
 */
export const defaultVectorIndexFrom = 50_000

/**
 * An inverted file (IVF): vectors are grouped around centres, and a question is compared with the
 * groups nearest to it. Most of the gain is that the index stays in memory, so three quarters of
 * the groups are searched: over 5,447 real passages nDCG@10 stayed the same. A quarter lost up to
 * 0.015 by vectors alone, and up to 0.06 with fewer groups, and was only a tenth quicker.
 */
const groups = 128
const groupsSearched = 96

/** The indexes of a table of chunks. All can be made again from the rows. */
export interface ChunkIndexes {
  /** Makes what is missing, because the table is new or grew, or the process was killed over it. */
  refresh(rows: number): Promise<void>
  /** Makes those that are there again, since their files are damaged. */
  remake(): Promise<void>
  /** Has the query use the vector index, should there be one: all of it in a scope. */
  viaIndex(query: VectorQuery, isScoped: boolean): VectorQuery
}

/** @param vectorIndexFrom number of rows from which on there is a vector index */
export async function openIndexes(table: Table, vectorIndexFrom: number): Promise<ChunkIndexes> {
  const made = new Set((await table.listIndices()).flatMap(({ columns }) => columns))
  async function make(column: string, config: Index): Promise<void> {
    if (made.has(column)) return
    await table.createIndex(column, { config })
    made.add(column)
  }
  async function refresh(rows: number): Promise<void> {
    await make('searchText', Index.fts(fullTextOptions))
    await make('content', Index.btree())
    if (rows < vectorIndexFrom) return
    await make('vector', Index.ivfFlat({ distanceType: 'cosine', numPartitions: groups }))
  }
  return {
    refresh,
    async remake() {
      const rows = made.has('vector') ? vectorIndexFrom : 0
      made.clear()
      await refresh(rows)
    },
    viaIndex: (query, isScoped) =>
      made.has('vector') ? query.nprobes(isScoped ? groups : groupsSearched) : query,
  }
}
