import type { ColumnMapping, ImportedRow } from '../../../shared/contract/testRuns.ts'
import { rawExpected, type RawExpected } from '../../../shared/domain/template/rawExpected.ts'
import { AppError } from '../../../shared/errors.ts'
import { isBlank, type Cell, type Table, type TableRow } from '../../parsing/tables/table.ts'

/** Converts a table's rows to test rows by the mapping of its columns. Doesn't set flags. */
export function createRowMapper(
  { columns }: Pick<Table, 'columns'>,
  mapping: ColumnMapping,
): (row: TableRow) => Omit<ImportedRow, 'flags'> {
  const indexOf = (column: string): number => {
    const at = columns.indexOf(column)
    if (at === -1) {
      throw new AppError(
        'invalid-input',
        `The table has no column “${column}”. Choose another one for it.`,
      )
    }
    return at
  }
  const values = Object.entries(mapping.values).map(
    ([name, column]) => [name, indexOf(column)] as const,
  )
  const fields = Object.entries(mapping.fields).map(
    ([name, column]) => [name, indexOf(column)] as const,
  )
  const expected = mapping.expected === null ? null : indexOf(mapping.expected)
  const note = mapping.note === null ? null : indexOf(mapping.note)

  return ({ place, cells, problem }) => {
    const own = values.map(([name, at]) => [name, asText(cells[at])] as const)
    const wanted = readWanted(cells, expected, fields)
    const nothing = own.every(([, text]) => text.trim() === '')
    return {
      place,
      values: Object.fromEntries(own),
      expected: wanted === unusable ? null : wanted,
      note: note === null ? '' : asText(cells[note]),
      problem:
        problem ??
        (nothing
          ? 'Nothing stands in the column of the input.'
          : wanted === unusable
            ? 'What is expected here is neither text nor fields with simple values.'
            : null),
    }
  }
}

const unusable = Symbol('unusable')

function readWanted(
  cells: readonly Cell[],
  expected: number | null,
  fields: readonly (readonly [string, number])[],
): RawExpected | null | typeof unusable {
  const filled = fields.filter(([, at]) => !isBlank(cells[at]))
  if (filled.length > 0) {
    return checked(Object.fromEntries(filled.map(([name, at]) => [name, cells[at] ?? ''])))
  }
  const whole = expected === null ? null : (cells[expected] ?? null)
  if (whole === null || isBlank(whole)) return null
  if (typeof whole === 'number' || typeof whole === 'boolean') return String(whole)
  // Several accepted answers, in the syntax of a text cell.
  if (Array.isArray(whole) && whole.every((one) => typeof one === 'string')) {
    return whole.map((one) => one.replaceAll('|', '\\|')).join(' | ')
  }
  // An empty field means that it should be left out.
  return typeof whole === 'object' && !Array.isArray(whole)
    ? checked(Object.fromEntries(Object.entries(whole).map(([name, value]) => [name, value ?? ''])))
    : checked(whole)
}

function checked(value: Cell): RawExpected | typeof unusable {
  const parsed = rawExpected.safeParse(value)
  return parsed.success ? parsed.data : unusable
}

function asText(value: Cell | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
