import { createHash, randomUUID } from 'node:crypto'
import type { ColumnMapping, ImportedRow, TablePreview } from '../../../shared/contract/testRuns.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import { createRowFlagger } from '../../../shared/domain/testRun/flagRows.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { throwIfAborted } from '../../../shared/errors.ts'
import { createTimeSlices } from '../../flow/timeSlices.ts'
import { describeEmpty, describeMapping } from './describeMapping.ts'
import { guessMapping } from './guessMapping.ts'
import { createRowMapper } from './mapRows.ts'
import type { Table } from '../../parsing/tables/table.ts'

/**
 * Reads the table in a file (see `readTable`); the app's implementation uses a separate process.
 */
export type TableReader = (
  file: { readonly name: string; readonly bytes: Uint8Array },
  signal: AbortSignal,
) => Promise<Table>

export interface TableInput {
  readonly file: { readonly name: string; readonly base64: string }
  /** null: guessed from the names of the columns. */
  readonly mapping: ColumnMapping | null
  readonly template: Template
}

/** Converts tables to examples and test rows. */
export interface TableImport {
  preview(input: TableInput, signal: AbortSignal): Promise<TablePreview>
  /** All rows in order, including unusable ones. */
  rows(input: TableInput, signal: AbortSignal): Promise<readonly ImportedRow[]>
  /** The usable rows, with new ids. */
  testRows(input: TableInput, signal: AbortSignal): Promise<readonly TestRow[]>
}

/** The most rows that a preview shows. */
const mostShown = 500
/** The most rows without a problem or flag among them. */
const shownWithout = 50

export function createTableImport(read: TableReader): TableImport {
  // Caches the last table, since a preview is requested again after every change of the mapping.
  let last: { readonly key: string; readonly table: Table } | undefined

  async function open({ name, base64 }: TableInput['file'], signal: AbortSignal): Promise<Table> {
    const bytes = Buffer.from(base64, 'base64')
    const key = `${createHash('sha256').update(bytes).digest('hex')} ${name}`
    if (last?.key === key) return last.table
    last = undefined
    const table = await read({ name, bytes }, signal)
    last = { key, table }
    return table
  }

  async function importRows(
    { file, mapping, template }: TableInput,
    signal: AbortSignal,
  ): Promise<{ table: Table; mapping: ColumnMapping; rows: readonly ImportedRow[] }> {
    const table = await open(file, signal)
    const used = mapping ?? guessMapping(table, template)
    const toRow = createRowMapper(table, used, template.format)
    const flagsOf = createRowFlagger(template)
    const slices = createTimeSlices()
    const rows: ImportedRow[] = []
    for (const line of table.rows) {
      if (slices.due()) {
        await slices.pause()
        throwIfAborted(signal)
      }
      const row = toRow(line)
      const flags = row.problem === null ? flagsOf(asTestRow(String(row.place), row)) : []
      rows.push({ ...row, flags })
    }
    return { table, mapping: used, rows }
  }

  return {
    async preview(input, signal) {
      const { table, mapping, rows } = await importRows(input, signal)
      return {
        columns: table.columns,
        mapping,
        rows: rows.length,
        usable: rows.filter(({ problem }) => problem === null).length,
        shown: worthShowing(rows),
        notices: [
          describeMapping(table.columns, mapping, input.template),
          ...describeEmpty(rows, mapping, input.template),
          ...table.notices,
        ],
      }
    },
    rows: async (input, signal) => (await importRows(input, signal)).rows,
    async testRows(input, signal) {
      const { rows } = await importRows(input, signal)
      return rows
        .filter(({ problem }) => problem === null)
        .map((row) => asTestRow(randomUUID(), row))
    },
  }
}

function asTestRow(id: string, row: Omit<ImportedRow, 'flags'>): TestRow {
  const { values, expected, tags = [] } = row
  return { id, values, expected, included: null, ...(tags.length === 0 ? {} : { tags }) }
}

/** Rows with a problem or flag up to the limit, and the first few without. */
function worthShowing(rows: readonly ImportedRow[]): readonly ImportedRow[] {
  const shown: ImportedRow[] = []
  let without = 0
  for (const row of rows) {
    const fine = row.problem === null && row.flags.length === 0
    if (fine) without += 1
    if (!fine || without <= shownWithout) shown.push(row)
    if (shown.length === mostShown) break
  }
  return shown
}
