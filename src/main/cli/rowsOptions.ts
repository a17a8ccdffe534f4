import { InvalidArgumentError } from 'commander'
import { readChosenColumns, type ChosenColumn } from '../templates/tables/chosenColumns.ts'

export const rowsKinds = 'table (CSV, TSV, XLSX, JSON, JSONL, YAML), or - for standard input'
export const mapHelp =
  'INPUT=column,expected=column …: which columns to use, where the headings don’t say'

/** Reads `--map`, which may be repeated. */
export function columnPairs(
  text: string,
  before: readonly ChosenColumn[],
): readonly ChosenColumn[] {
  const chosen = readChosenColumns(text)
  if (chosen === null) throw new InvalidArgumentError('NAME=COLUMN,NAME=COLUMN … is needed.')
  return [...before, ...chosen]
}
