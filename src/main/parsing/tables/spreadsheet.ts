import { AppError } from '../../../shared/errors.ts'
import { checkZip } from '../../files/checkZip.ts'
import { withSlashes } from '../../files/slashedZip.ts'
import { shownValue, type FormatValue } from '../formats/sheet/shownValue.ts'
import { isoDate } from '../isoDate.ts'
import type { TableLimits } from '../parseLimits.ts'
import { columnNames, emptyTable, isBlank, type Cell, type Table } from './table.ts'

/**
 * Reads the first sheet of an XLSX file that shows anything (by hucre). Formulas count as what they
 * came to, numbers and times as their cells show them.
 *
 * @throws AppError `document-unreadable`, `document-too-large`, `document-encrypted`,
 * `document-empty`.
 */
export async function readSpreadsheet(
  name: string,
  bytes: Uint8Array,
  limits: TableLimits,
  signal: AbortSignal,
): Promise<Table> {
  const sheets = await readSheets(name, withSlashes(bytes), limits, signal)
  const sheet = sheets.find(({ rows }) => rows.some((row) => !row.every(isBlank)))
  if (sheet === undefined) throw emptyTable(name)
  const head = sheet.rows.findIndex((row) => !row.every(isBlank))
  const columns = columnNames((sheet.rows[head] ?? []).map(asText))
  const others = sheets.length - 1
  return {
    columns,
    rows: sheet.rows.flatMap((row, index) => {
      if (index <= head || row.every(isBlank)) return []
      return { place: index + 1, cells: columns.map((_, at) => row[at] ?? null), problem: null }
    }),
    notices:
      others === 0
        ? []
        : [
            `Only the sheet “${sheet.name}” was read; there ${others === 1 ? 'is one more' : `are ${others} more`}. Save another sheet as a file of its own to take its rows.`,
          ],
  }
}

interface Sheet {
  readonly name: string
  readonly rows: readonly (readonly Cell[])[]
}

async function readSheets(
  name: string,
  bytes: Uint8Array,
  limits: TableLimits,
  signal: AbortSignal,
): Promise<readonly Sheet[]> {
  try {
    const parts = await checkZip(bytes, limits, signal)
    if (!parts.includes('xl/workbook.xml')) throw noSpreadsheet(name)
    const { formatValue, readXlsx } = await import('hucre')
    const { sheets } = await readXlsx(bytes, {
      readStyles: true,
      sheets: ({ hidden = false, veryHidden = false }) => !hidden && !veryHidden,
    })
    return sheets.map((sheet) => ({
      name: sheet.name,
      rows: sheet.rows.map((row, at) =>
        Array.from(row, (value, column) => {
          const cell = sheet.cells?.get(`${at},${column}`)
          return asCell(cell === undefined ? value : shownValue(cell, ungrouped(formatValue)))
        }),
      ),
    }))
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'document-unreadable',
      `${name} could not be read as a spreadsheet; it may be damaged. Save it again as .xlsx or CSV and choose that.`,
      { cause: error },
    )
  }
}

/** Without commas between thousands, which read as decimals elsewhere. */
function ungrouped(format: FormatValue): FormatValue {
  return (value, pattern) => format(value, pattern.replaceAll(/(?<=[#0?]),(?=[#0?])/gu, ''))
}

function asCell(value: unknown): Cell {
  if (value instanceof Date) return isoDate(value)
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') {
    return value
  }
  return null
}

function asText(value: Cell): string {
  return typeof value === 'string' ? value : isBlank(value) ? '' : JSON.stringify(value)
}

function noSpreadsheet(name: string): AppError {
  return new AppError(
    'unsupported-format',
    `${name} is not a table that can be read here. Save it as .xlsx, CSV, TSV or JSON and choose that.`,
  )
}
