import type { Connection, Table } from '@lancedb/lancedb'
import type { StoredChunk } from '../../../shared/domain/chunk.ts'
import {
  chunkSchema,
  toArrow,
  toNumbers,
  toStrings,
  toVectors,
  vectorWidth,
  type Rows,
} from '../chunkRows.ts'
import type { EmbeddedChunk } from '../chunkStore.ts'
import { countRows, groupBySize, note, type Ordinals } from './ordinals.ts'
import { among } from './among.ts'

/** The table of earlier versions, which searched all texts as English. */
export const formerTable = 'chunks'

/** Contents are copied whole, so that their language is found from all of their text. */
const rowsPerCopy = 1_000

/**
 * Copies the passages of an earlier version into the present table, with the language of each; vectors
 * are kept, since they take hours to make. The old table is removed when the new one is whole, so that
 * after a kill it is copied again from the beginning.
 */
export async function upgradeTable(
  connection: Connection,
  name: string,
  dimensions: number,
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
  await copyRows(former, table, dimensions)
  former.close()
  table.close()
  await connection.dropTable(formerTable)
}

async function copyRows(former: Table, table: Table, dimensions: number): Promise<void> {
  // Only here: the data take 60 MB, and questions do without them.
  const { findLanguages } = await import('../../language/textLanguages.ts')
  const ordinals = await readFormer(former)
  if (countRows(ordinals) === 0) return
  for (const group of groupBySize(ordinals, rowsPerCopy)) {
    const rows = await former
      .query()
      .where(among(group))
      .select([...formerColumns, 'vector'])
      .toArrow()
    const chunks = toEmbedded(rows)
    const named = [...group].flatMap((contentId) => {
      const own = chunks.filter((chunk) => chunk.contentId === contentId)
      const languages = findLanguages(own.map(({ text }) => text))
      return own.map((chunk) => ({ ...chunk, language: languages.of(chunk.text) }))
    })
    await table.add(toArrow(named, dimensions))
  }
}

const formerColumns = [
  'id',
  'content',
  'ordinal',
  'page',
  'start',
  'end',
  'text',
  'heading',
  'tokens',
] as const

async function readFormer(former: Table): Promise<Ordinals> {
  const ordinals: Ordinals = new Map()
  for await (const batch of former.query().select(['content', 'ordinal'])) {
    const numbers = toNumbers(batch, 'ordinal')
    for (const [row, content] of toStrings(batch, 'content').entries()) {
      note(ordinals, content, numbers[row] ?? 0)
    }
  }
  return ordinals
}

function toEmbedded(rows: Rows): readonly EmbeddedChunk[] {
  const texts = (name: (typeof formerColumns)[number]): readonly string[] => toStrings(rows, name)
  const numbers = (name: (typeof formerColumns)[number]): readonly number[] => toNumbers(rows, name)
  const [ids, contents, pageTexts, headings] = [
    texts('id'),
    texts('content'),
    texts('text'),
    texts('heading'),
  ]
  const [ordinals, pages, starts] = [numbers('ordinal'), numbers('page'), numbers('start')]
  const [ends, tokens, vectors] = [numbers('end'), numbers('tokens'), toVectors(rows)]
  return ids.map((id, row) => {
    const chunk: StoredChunk = {
      id,
      contentId: contents[row] ?? '',
      ordinal: ordinals[row] ?? 0,
      page: pages[row] ?? 1,
      start: starts[row] ?? 0,
      end: ends[row] ?? 0,
      text: pageTexts[row] ?? '',
      heading: headings[row] ?? '',
      tokens: tokens[row] ?? 0,
    }
    return { ...chunk, vector: vectors[row] ?? null }
  })
}
