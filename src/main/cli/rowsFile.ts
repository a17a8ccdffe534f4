import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ColumnMapping } from '../../shared/contract/testRuns.ts'
import {
  requiredVariables,
  type Example,
  type Template,
} from '../../shared/domain/template/template.ts'
import type { TestRow } from '../../shared/domain/testRun/testSet.ts'
import { plural } from '../../shared/domain/localFormat.ts'
import { AppError, invalidInput } from '../../shared/errors.ts'
import { systemErrorCode } from '../disk/systemError.ts'
import { expectedOutput } from '../templates/store/expectedOutput.ts'
import { unknownName } from '../templates/store/unknownNames.ts'
import { fixColumns, type ChosenColumn } from '../templates/tables/chosenColumns.ts'
import { describeEmpty, describeMapping, quoted } from '../templates/tables/describeMapping.ts'
import { guessMapping } from '../templates/tables/guessMapping.ts'
import { createRowMapper } from '../templates/tables/mapRows.ts'
import { defaultTableLimits } from '../parsing/parseLimits.ts'
import { readTable } from '../parsing/tables/readTable.ts'
import type { Table } from '../parsing/tables/table.ts'

/** At most this many unusable rows are named in an error. */
const mostNamed = 5

/** What names standard input in place of a file. */
export const standardInput = '-'

export interface RowsSource {
  /** Path of a file, or `standardInput`. */
  readonly file: string
  /** Columns that are chosen by hand; the others are guessed from the headings. */
  readonly columns: readonly ChosenColumn[]
  /** The bytes of standard input. */
  readonly readInput: (wanted: string) => Promise<Uint8Array>
}

/**
 * Reads test rows from a table, as the window does: CSV, TSV, JSON, JSON lines, YAML or XLSX with a
 * column `input` (and one per further placeholder), and `expected` or one per field. Ids are the
 * rows' numbers in the file.
 *
 * @param onNotice receives notices about the file as a whole.
 * @throws AppError `not-found`; `invalid-input` that names the missing column or the unusable rows:
 * skipping those would give figures over a part that look like figures over all.
 */
export async function readTestRows(
  { file, columns, readInput }: RowsSource,
  template: Template,
  onNotice: (sentence: string) => void,
  signal: AbortSignal,
): Promise<readonly TestRow[]> {
  const isInput = file === standardInput
  const name = isInput ? 'standard input' : path.basename(file)
  const bytes = await (isInput ? readInput('rows') : bytesOf(file))
  const table = await readTable({ name, bytes }, defaultTableLimits, signal)
  for (const notice of table.notices) onNotice(`${name}: ${notice}`)
  if (table.rows.length === 0) throw invalidInput(`${name} holds no rows.`)
  const mapping = mappingOf(name, table, template, columns)
  onNotice(`${name}: ${describeMapping(table.columns, mapping, template)}`)
  const rows = table.rows.map(createRowMapper(table, mapping, template.format))
  for (const empty of describeEmpty(rows, mapping, template)) onNotice(`${name}: ${empty}`)
  const bad = rows.filter(({ problem }) => problem !== null)
  if (bad.length > 0) throw unusable(name, bad)
  return rows.map(({ place, values, expected, tags = [] }) => ({
    id: String(place),
    values,
    expected,
    included: null,
    ...(tags.length === 0 ? {} : { tags }),
  }))
}

/**
 * The rows with a tag.
 *
 * @param tag undefined: all rows.
 * @throws AppError `invalid-input` that names the tags that there are, if no row has it.
 */
export function withTag(rows: readonly TestRow[], tag: string | undefined): readonly TestRow[] {
  if (tag === undefined) return rows
  const found = rows.filter(({ tags }) => tags?.includes(tag) === true)
  if (found.length > 0) return found
  const known = [...new Set(rows.flatMap(({ tags }) => tags ?? []))]
  throw invalidInput(
    known.length === 0
      ? 'No row has a tag. Add a column “tags”, or choose one with --map tags=COLUMN.'
      : `No row has the tag ${unknownName(tag, known)}. There are ${quoted(known)}.`,
  )
}

/**
 * Turns rows into examples: the expected answer becomes the output. Rows without one are skipped.
 *
 * @param onNotice receives how many were skipped.
 * @throws AppError `invalid-input` that names a row whose answer is not of the template's format.
 */
export function asExamples(
  rows: readonly TestRow[],
  { format }: Template,
  onNotice: (sentence: string) => void,
): readonly Example[] {
  const skipped = rows.filter(({ expected }) => expected === null).length
  if (skipped > 0) {
    onNotice(
      `${plural(skipped, 'row')} without an expected answer can’t be examples and ${skipped === 1 ? 'was' : 'were'} left out.`,
    )
  }
  return rows.flatMap(({ id, values, expected }) => {
    if (expected === null) return []
    const output = expectedOutput(format, expected)
    if (output !== null) return [{ id, values, output, note: '', enabled: true }]
    throw invalidInput(
      `Row ${id} of the examples does not answer in the template’s format. Correct it and try again.`,
    )
  })
}

/** @throws AppError `invalid-input` that names what has no column. */
function mappingOf(
  name: string,
  table: Table,
  template: Template,
  chosen: readonly ChosenColumn[],
): ColumnMapping {
  const mapping = guessMapping(table, template, fixColumns(chosen, table.columns, template, name))
  const missing = requiredVariables(template).filter((one) => mapping.values[one] === undefined)
  if (missing.length === 0) return mapping
  const wanted = missing.map((one) => `“${one.toLowerCase()}”`).join(', ')
  throw invalidInput(
    `${name} has no column ${wanted}. Its headings, in the first row of a table, are ${quoted(table.columns)}. Choose one with --map ${missing[0] ?? ''}=COLUMN, rename a heading, or add a row of headings.`,
  )
}

function unusable(
  name: string,
  bad: readonly { readonly place: number; readonly problem: string | null }[],
): AppError {
  const named = bad
    .slice(0, mostNamed)
    .map(({ place, problem }) => `Row ${String(place)}: ${problem ?? ''}`)
  const count =
    bad.length === 1 ? 'A row cannot be used.' : `${String(bad.length)} rows cannot be used.`
  return invalidInput(`${name}: ${count} ${named.join(' ')} Correct the file and try again.`)
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    const why = unreadable[systemErrorCode(error) ?? '']
    if (why === undefined) throw error
    throw new AppError('not-found', why(file), { cause: error })
  }
}

/** By the system's code of the error. */
const unreadable: Readonly<Partial<Record<string, (file: string) => string>>> = {
  ENOENT: (file) => `There is no file ${file}.`,
  ENOTDIR: (file) => `There is no file ${file}.`,
  ENAMETOOLONG: (file) => `There is no file ${file}.`,
  EISDIR: (file) => `${file} is a folder. Choose a file with rows.`,
  EACCES: (file) => `${file} can't be read. Check its permissions.`,
  EPERM: (file) => `${file} can't be read. Check its permissions.`,
}
