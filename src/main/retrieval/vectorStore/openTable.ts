import { readdir, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { connect, type Connection, type Table } from '@lancedb/lancedb'
import { isDiskFull } from '../../disk/diskFull.ts'
import { makeFolder } from '../../disk/durableFile.ts'
import { isRefusal } from '../../disk/systemError.ts'
import { explainOpening } from '../../disk/writeErrors.ts'
import { chunkColumns, chunkSchema, vectorWidth } from '../chunkRows.ts'
import { openIndexes, type ChunkIndexes } from './chunkIndexes.ts'
import { formerTable, upgradeTable } from './upgradeTable.ts'

/** Something was wrong with the index on disk, and this was done about it. */
export type StoreNotice =
  /** The newest version was empty (a power cut): the one before is used. Its last additions are missing. */
  | { readonly kind: 'version-lost'; readonly file: string }
  /** The index could not be read and was moved to `directory`. The store is empty. */
  | { readonly kind: 'set-aside'; readonly directory: string; readonly error: unknown }

const tableName = 'passages'
export interface ChunkTable {
  readonly connection: Connection
  readonly table: Table
  readonly indexes: ChunkIndexes
}

export interface ChunkTableOptions {
  readonly directory: string
  readonly dimensions: number
  readonly vectorIndexFrom: number
  /** Called while an index of an earlier version is copied, with the share that is done. */
  readonly onUpgrade?: ((share: number) => void) | undefined
}

/**
 * Puts a new table in the place of one that cannot be read.
 *
 * @throws AppError `disk-full`, `disk-failed`, `permission-denied`: then the table is as it was.
 */
export async function openOrRecover(
  options: ChunkTableOptions,
  onNotice: (notice: StoreNotice) => void,
): Promise<ChunkTable> {
  const { directory } = options
  await makeFolder(directory)
  for (const file of await setAsideEmptyManifests(directory)) {
    onNotice({ kind: 'version-lost', file })
  }
  try {
    return await openTable(options)
  } catch (error) {
    // The index may be intact: a full disk, or one that may not be read, is no reason to rebuild it.
    if (isDiskFull(error) || isRefusal(error)) throw explainOpening(error)
    const aside = `${directory}.unreadable-${String(Date.now())}`
    await rename(directory, aside)
    await makeFolder(directory)
    onNotice({ kind: 'set-aside', directory: aside, error })
    return openTable(options)
  }
}

async function openTable(options: ChunkTableOptions): Promise<ChunkTable> {
  const { directory, dimensions, vectorIndexFrom, onUpgrade = () => undefined } = options
  const connection = await connect(directory)
  await upgradeTable(connection, tableName, dimensions, onUpgrade)
  const exists = (await connection.tableNames()).includes(tableName)
  const table = exists
    ? await connection.openTable(tableName)
    : await connection.createEmptyTable(tableName, chunkSchema(dimensions))
  const width = vectorWidth(await table.schema())
  if (width !== dimensions) {
    throw new Error(`The index holds vectors of ${String(width)} values, not of ${dimensions}.`)
  }
  // Opening reads the manifest only; reading a row shows whether the data are there.
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
  const tables = [tableName, formerTable]
  return (await Promise.all(tables.map((table) => setAsideIn(directory, table)))).flat()
}

async function setAsideIn(directory: string, table: string): Promise<string[]> {
  const versions = path.join(directory, `${table}.lance`, '_versions')
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
