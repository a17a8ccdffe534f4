import { mkdir, readdir, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import {
  connect,
  Index,
  MatchQuery,
  type Connection,
  type Query,
  type Table,
  type VectorQuery,
} from '@lancedb/lancedb'
import {
  checkChunk,
  checkContent,
  chunkColumns,
  chunkSchema,
  toArrow,
  toChunks,
  toNumbers,
  toStrings,
  vectorWidth,
  type Rows,
} from './chunkRows.ts'
import type { ChunkStore, EmbeddedChunk, FoundChunk, SearchLimits } from './chunkStore.ts'
import { planScope, searchAndDrop } from './searchScope.ts'
import { createWriteQueue } from './writeQueue.ts'

/** Something was wrong with the index on disk, and this was done about it. */
export type StoreNotice =
  /** The newest version was empty (a power cut): the one before is used. Its last additions are missing. */
  | { readonly kind: 'version-lost'; readonly file: string }
  /** The index could not be read and lies now in `directory`. The store is empty. */
  | { readonly kind: 'set-aside'; readonly directory: string; readonly error: unknown }

export interface VectorStoreOptions {
  /** Belongs to this store alone; created if need be. */
  readonly directory: string
  /** Values in a vector. An index of another width is set aside. */
  readonly dimensions: number
  /**
   * Told before `openVectorStore` resolves. Whoever keeps the list of documents then compares it
   * with `contents()` and adds what is missing.
   */
  readonly onNotice?: (notice: StoreNotice) => void
  /** From so many chunks on `optimize` makes a vector index; it stays when they get fewer. */
  readonly vectorIndexFrom?: number
}

const tableName = 'chunks'
/** `add` of 20,000 rows at once stopped the event loop for 267 ms. */
const rowsPerWrite = 1_000
/** Full text with stemming and stop words found 0.504 against 0.463 (nDCG@10, CACM). */
const fullTextOptions = {
  language: 'English',
  lowercase: true,
  stem: true,
  removeStopWords: true,
  asciiFolding: true,
  withPosition: false,
}

/**
 * Comparing a question with every vector costs about 1.1 ms of processor time a thousand chunks; by
 * way of the index 100,000 cost about 25 ms. At 50,000 the index pays for being made and kept.
 */
const defaultVectorIndexFrom = 50_000

/**
 * An inverted file (IVF): vectors lie in groups around centres, and a question is compared with the
 * groups nearest to it. Most of the gain is that the index stays in memory, so three quarters of the
 * groups are searched: over 5,447 real passages nDCG@10 stayed the same. A quarter lost up to 0.015
 * by vectors alone, and up to 0.06 with fewer groups, and was only a tenth quicker.
 */
const groups = 128
const groupsSearched = 96

/** Characters of a question beyond these cost time and find nothing more. */
const longestQuery = 2_000

/** Opens LanceDB's table of chunks. One process at a time: the library's lock sees to that. */
export async function openVectorStore(options: VectorStoreOptions): Promise<ChunkStore> {
  const { vectorIndexFrom = defaultVectorIndexFrom, onNotice = () => undefined } = options
  const opened = await openOrRecover({ ...options, vectorIndexFrom }, onNotice)
  return createStore(opened, options.dimensions, await readOrdinals(opened.table))
}

interface ChunkTable {
  readonly connection: Connection
  readonly table: Table
  readonly indexes: ChunkIndexes
}

interface ChunkTableOptions {
  readonly directory: string
  readonly dimensions: number
  readonly vectorIndexFrom: number
}

/** Puts a new table in the place of one that cannot be opened. */
async function openOrRecover(
  options: ChunkTableOptions,
  onNotice: (notice: StoreNotice) => void,
): Promise<ChunkTable> {
  const { directory } = options
  await mkdir(directory, { recursive: true })
  for (const file of await setAsideEmptyManifests(directory)) {
    onNotice({ kind: 'version-lost', file })
  }
  try {
    return await openTable(options)
  } catch (error) {
    const aside = `${directory}.unreadable-${String(Date.now())}`
    await rename(directory, aside)
    await mkdir(directory, { recursive: true })
    onNotice({ kind: 'set-aside', directory: aside, error })
    return openTable(options)
  }
}

async function openTable(options: ChunkTableOptions): Promise<ChunkTable> {
  const { directory, dimensions, vectorIndexFrom } = options
  const connection = await connect(directory)
  const exists = (await connection.tableNames()).includes(tableName)
  const table = exists
    ? await connection.openTable(tableName)
    : await connection.createEmptyTable(tableName, chunkSchema(dimensions))
  const width = vectorWidth(await table.schema())
  if (width !== dimensions) {
    throw new Error(`The index holds vectors of ${String(width)} values, not of ${dimensions}.`)
  }
  // Opening reads the manifest only; a row shows whether the data are there.
  await table
    .query()
    .select([...chunkColumns])
    .limit(1)
    .toArrow()
  const indexes = await openIndexes(table, vectorIndexFrom)
  if (!exists) await indexes.refresh(0)
  return { connection, table, indexes }
}

/**
 * After a power cut the newest manifest can be empty, since LanceDB does not flush it, and then
 * every open fails. Manifests are named so that the newest sorts first.
 */
async function setAsideEmptyManifests(directory: string): Promise<string[]> {
  const versions = path.join(directory, `${tableName}.lance`, '_versions')
  const names = await readdir(versions).catch(() => [] as string[])
  const moved: string[] = []
  for (const name of names.filter((name) => name.endsWith('.manifest')).sort()) {
    const file = path.join(versions, name)
    if ((await stat(file)).size > 0) break
    await rename(file, `${file}.empty`)
    moved.push(file)
  }
  return moved
}

/** The indexes of a table of chunks. All can be made again from the rows. */
interface ChunkIndexes {
  /** Makes what is missing, because the table is new or grew, or the process was killed over it. */
  refresh(rows: number): Promise<void>
  /** Has the query use the vector index, should there be one: all of it in a scope. */
  viaIndex(query: VectorQuery, isScoped: boolean): VectorQuery
}

async function openIndexes(table: Table, vectorIndexFrom: number): Promise<ChunkIndexes> {
  const made = new Set((await table.listIndices()).flatMap(({ columns }) => columns))
  async function make(column: string, config: Index): Promise<void> {
    if (made.has(column)) return
    await table.createIndex(column, { config })
    made.add(column)
  }
  return {
    async refresh(rows) {
      await make('searchText', Index.fts(fullTextOptions))
      await make('content', Index.btree())
      if (rows < vectorIndexFrom) return
      await make('vector', Index.ivfFlat({ distanceType: 'cosine', numPartitions: groups }))
    },
    viaIndex: (query, isScoped) =>
      made.has('vector') ? query.nprobes(isScoped ? groups : groupsSearched) : query,
  }
}

async function readOrdinals(table: Table): Promise<Map<string, Set<number>>> {
  const ordinals = new Map<string, Set<number>>()
  for await (const batch of table.query().select(['content', 'ordinal'])) {
    const contents = toStrings(batch, 'content')
    const numbers = toNumbers(batch, 'ordinal')
    for (const [row, content] of contents.entries()) {
      note(ordinals, content, numbers[row] ?? 0)
    }
  }
  return ordinals
}

function countRows(ordinals: ReadonlyMap<string, ReadonlySet<number>>): number {
  return [...ordinals.values()].reduce((sum, { size }) => sum + size, 0)
}

function note(ordinals: Map<string, Set<number>>, content: string, ordinal: number): void {
  const known = ordinals.get(content)
  if (known === undefined) ordinals.set(content, new Set([ordinal]))
  else known.add(ordinal)
}

const columns = [...chunkColumns]

/**
 * Rows that the full text index does not hold are searched one by one: 20,000 of them took seconds.
 * So they are folded in as they come, in steps that grow with the index, for folding rewrites it.
 */
const fewestToFold = 2_000
const shareToFold = 0.05

function createStore(
  { connection, table, indexes }: ChunkTable,
  dimensions: number,
  ordinals: Map<string, Set<number>>,
): ChunkStore {
  const writes = createWriteQueue()
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
    const replaces = rows.some((row) => ordinals.get(row.content)?.has(row.ordinal) === true)
    if (replaces) {
      await table.mergeInsert('id').whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(data)
    } else {
      await table.add(data)
    }
    // Scores of rows that the full text index does not hold yet are weighed by those that it holds;
    // over an empty index they are noise (nDCG@10 0.007 in place of 0.542 on Cranfield).
    unindexed += rows.length
    const isFirst = ordinals.size === 0
    for (const row of rows) note(ordinals, row.content, row.ordinal)
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
      await writes.run(async () => {
        unoptimized = rows.length > 0 || unoptimized
        for (let from = 0; from < rows.length; from += rowsPerWrite) {
          await write(rows.slice(from, from + rowsPerWrite))
        }
      })
    },

    async remove(contents) {
      contents.forEach(checkContent)
      await writes.run(async () => {
        const known = new Set(contents.filter((content) => ordinals.has(content)))
        if (known.size === 0) return
        unoptimized = true
        await table.delete(among(known))
        for (const content of known) ordinals.delete(content)
      })
    },

    contents: () =>
      Promise.resolve(new Map([...ordinals].map(([content, { size }]) => [content, size]))),

    count: () => Promise.resolve(countRows(ordinals)),

    async searchFullText(query, limits) {
      if (query.trim() === '' || nothingToFind(limits)) return []
      const match = new MatchQuery(query.slice(0, longestQuery), 'searchText')
      return search(limits, async (limit, contents) => {
        const rows = await within(table.query().fullTextSearch(match), contents)
          .select([...columns, '_score'])
          .limit(limit)
          .toArrow()
        return withScores(rows, toNumbers(rows, '_score'))
      })
    },

    async searchVector(vector, limits) {
      if (nothingToFind(limits)) return []
      return search(limits, async (limit, contents, isExact) => {
        const nearest = within(table.query().nearestTo(vector).distanceType('cosine'), contents)
        const isScoped = contents !== undefined
        const rows = await (
          isExact ? nearest.bypassVectorIndex() : indexes.viaIndex(nearest, isScoped)
        )
          .select([...columns, '_distance'])
          .limit(limit)
          .toArrow()
        const cosines = toNumbers(rows, '_distance').map((distance) => 1 - distance)
        return withScores(rows, cosines)
      })
    },

    async range(content, from, to) {
      checkContent(content)
      const between = `content = '${content}' AND ordinal BETWEEN ${whole(from)} AND ${whole(to)}`
      const rows = await again(() => table.query().where(between).select(columns).toArrow())
      return toChunks(rows).sort((a, b) => a.ordinal - b.ordinal)
    },

    async *scan() {
      for (const group of groupBySize(ordinals, rowsPerWrite)) {
        const rows = await again(() => table.query().where(among(group)).select(columns).toArrow())
        yield toChunks(rows)
      }
    },

    optimize: () => writes.run(optimize),

    async close() {
      await writes.run(async () => {
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
  return `content IN (${[...contents].map((content) => `'${content}'`).join(',')})`
}

function whole(value: number): string {
  return String(Math.max(0, Math.min(Math.trunc(value), 2 ** 31 - 1)))
}

function withScores(rows: Rows, scores: readonly number[]): FoundChunk[] {
  return toChunks(rows).map((chunk, index) => ({ chunk, score: scores[index] ?? 0 }))
}

function* groupBySize(
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
