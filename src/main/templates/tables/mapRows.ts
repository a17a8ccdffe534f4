import type { ColumnMapping, ImportedRow } from '../../../shared/contract/testRuns.ts'
import { isWithin, placedFields } from '../../../shared/domain/template/fieldPaths.ts'
import type { OutputFormat } from '../../../shared/domain/template/outputFormat.ts'
import { rawExpected, type RawExpected } from '../../../shared/domain/template/rawExpected.ts'
import { tagsIn } from '../../../shared/domain/testRun/testSet.ts'
import { AppError } from '../../../shared/errors.ts'
import { earlierTurns } from '../../parsing/tables/chatRow.ts'
import { isBlank, type Cell, type Table, type TableRow } from '../../parsing/tables/table.ts'

/**
 * Converts a table's rows to test rows by the mapping of its columns. Doesn't set flags.
 *
 * @param format whose optional fields are expected to be left out where their cell is empty.
 */
export function createRowMapper(
  { columns }: Pick<Table, 'columns'>,
  mapping: ColumnMapping,
  format: OutputFormat,
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
  const tags = mapping.tags == null ? null : indexOf(mapping.tags)

  const optional = optionalPaths(format)

  const earlier = values.some(([, at]) => columns[at] === earlierTurns)
    ? -1
    : columns.indexOf(earlierTurns)

  return ({ place, cells, problem }) => {
    const own = values.map(([name, at]) => [name, asText(cells[at])] as const)
    const wanted = readWanted(cells, expected, fields, optional, format.kind === 'json')
    const nothing = own.every(([, text]) => text.trim() === '')
    return {
      place,
      values: Object.fromEntries(own),
      expected: wanted === unusable ? null : wanted,
      note: note === null ? '' : asText(cells[note]),
      ...(tags === null ? {} : { tags: tagsOf(cells[tags]) }),
      problem:
        problem ??
        (earlier !== -1 && !isBlank(cells[earlier])
          ? `This chat has turns before its last question. Add <HISTORY> to the template for them, or choose another placeholder for the column “${earlierTurns}”.`
          : null) ??
        (nothing
          ? 'Nothing stands in the column of the input.'
          : wanted === unusable
            ? 'What is expected here is neither text nor an object with fields.'
            : null),
    }
  }
}

/** Fields that may be left out, or are in one that may be. */
function optionalPaths(format: OutputFormat): ReadonlySet<string> {
  const placed = format.kind === 'json' ? placedFields(format.fields) : []
  const left = placed.filter(({ field, above }) => {
    return field.optional || above.some((one) => one.field.optional)
  })
  return new Set(left.map(({ path }) => path))
}

const unusable = Symbol('unusable')

function readWanted(
  cells: readonly Cell[],
  expected: number | null,
  fields: readonly (readonly [string, number])[],
  optional: ReadonlySet<string>,
  hasFields: boolean,
): RawExpected | null | typeof unusable {
  const columns = fields.filter(([name, at]) => optional.has(name) || !isBlank(cells[at]))
  // A row without any value was not judged by anybody, unless all that it could have is optional.
  const isJudged =
    columns.some(([, at]) => !isBlank(cells[at])) ||
    (fields.length > 0 && fields.every(([name]) => optional.has(name)))
  if (isJudged) {
    return checked(Object.fromEntries(columns.map(([name, at]) => [name, cells[at] ?? ''])))
  }
  const cell = expected === null ? null : (cells[expected] ?? null)
  const whole = hasFields ? cell : onlyValue(cell)
  if (whole === null || isBlank(whole)) return null
  if (typeof whole === 'number' || typeof whole === 'boolean') return String(whole)
  // Several accepted answers, in the syntax of a text cell.
  if (Array.isArray(whole) && whole.every((one) => typeof one === 'string')) {
    return whole.map((one) => one.replaceAll('|', '\\|')).join(' | ')
  }
  if (typeof whole !== 'object' || Array.isArray(whole)) return checked(whole)
  // A field that is empty, or that the whole answer does not have, should be left out.
  const absent = [...optional].filter((name) => !isNamed(name, whole))
  return checked(
    Object.fromEntries([
      ...Object.entries(whole).map(([name, value]) => [name, value ?? ''] as const),
      ...absent.map((name) => [name, ''] as const),
    ]),
  )
}

/** The value of {"answer": "Paris"}, as other tools write an answer without fields. */
function onlyValue(value: Cell): Cell {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const [only, another] = Object.values(value)
  return only === undefined || another !== undefined ? value : only
}

/** Whether an object has a field, or one that it is in, or one that is in it. */
function isNamed(path: string, whole: Readonly<Record<string, Cell>>): boolean {
  return Object.keys(whole).some((name) => isWithin(path, name) || isWithin(name, path))
}

function checked(value: Cell): RawExpected | typeof unusable {
  const parsed = rawExpected.safeParse(value)
  return parsed.success ? parsed.data : unusable
}

function tagsOf(value: Cell | undefined): readonly string[] {
  return tagsIn(Array.isArray(value) ? value.map(asText).join(',') : asText(value))
}

function asText(value: Cell | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
