import type { Connection, Table } from '@lancedb/lancedb'
import {
  chunkSchema,
  formerColumns,
  toArrow,
  toFormerChunks,
  toVectors,
  vectorWidth,
} from '../chunkRows.ts'
import { among } from './among.ts'
import { countRows, groupBySize, readOrdinals } from './ordinals.ts'

/** The table of earlier versions, which searched all texts as English. */
export const formerTable = 'chunks'

/** Contents are copied whole, so that their language is found from all of their text. */
const rowsPerCopy = 1_000

/**
 * Copies the passages of an earlier version into the present table, with the language of each; vectors
 * are kept, since they take hours to make. The old table is removed when the new one is whole, so that
 * after a kill it is copied again from the beginning.
 *
 * @param onShare is called with the share of them that is copied, from 0 to 1.
 */
export async function upgradeTable(
  connection: Connection,
  name: string,
  dimensions: number,
  onShare: (share: number) => void,
): Promise<void> {
  const names = await connection.tableNames()
  if (!names.includes(formerTable)) return
  if (names.includes(name)) await connection.dropTable(name)
  const former = await connection.openTable(formerTable)
  const width = vectorWidth(await former.schema())
  if (width !== dimensions) {
    throw new Error(`The index holds vectors of ${String(width)} values, not of ${dimensions}.`)
  }
  const table = await connection.createEmptyTable(name, chunkSchema(dimensions))
  await copyRows(former, table, dimensions, onShare)
  former.close()
  table.close()
  await connection.dropTable(formerTable)
}

async function copyRows(
  former: Table,
  table: Table,
  dimensions: number,
  onShare: (share: number) => void,
): Promise<void> {
  // Only here: the data take 60 MB, and questions do without them.
  const { findLanguages } = await import('../../language/textLanguages.ts')
  const ordinals = await readOrdinals(former)
  const total = countRows(ordinals)
  if (total === 0) return
  let copied = 0
  onShare(0)
  for (const group of groupBySize(ordinals, rowsPerCopy)) {
    const rows = await former
      .query()
      .where(among(group))
      .select([...formerColumns, 'vector'])
      .toArrow()
    const vectors = toVectors(rows)
    const chunks = toFormerChunks(rows).map((chunk, row) => ({
      ...chunk,
      vector: vectors[row] ?? null,
    }))
    const named = [...group].flatMap((contentId) => {
      const own = chunks.filter((chunk) => chunk.contentId === contentId)
      const languages = findLanguages(own.map(({ text }) => text))
      return own.map((chunk) => ({ ...chunk, language: languages.of(chunk.text) }))
    })
    await table.add(toArrow(named, dimensions))
    copied += named.length
    onShare(copied / total)
  }
}
