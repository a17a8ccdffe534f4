import type { ColumnMapping } from '../../../shared/contract/testRuns.ts'
import { variablesOf, type Template } from '../../../shared/domain/template/template.ts'
import { isBlank, type Table } from '../../parsing/tables/table.ts'

/** Common names of input and answer columns, normalised by `plain`. */
const inputNames =
  'input text review question message sentence query prompt content utterance comment body document description'.split(
    ' ',
  )
const expectedNames =
  'expected output label answer target class category intent gold response completion result'.split(
    ' ',
  )
const noteNames = 'note notes remark remarks hint'.split(' ')

/**
 * Guesses the meaning of columns from their names; a label column also from its values. What can't
 * be guessed stays unmapped.
 */
export function guessMapping(
  table: Table,
  template: Pick<Template, 'instruction' | 'input' | 'format'>,
): ColumnMapping {
  const free = new Map(table.columns.map((column) => [column, plain(column)]))
  /** Takes the first column with one of the names, in the order of the names. */
  function take(names: readonly string[]): string | null {
    for (const name of names) {
      for (const [column, called] of free) {
        if (called !== name) continue
        free.delete(column)
        return column
      }
    }
    return null
  }

  const variables = variablesOf(template)
  const values = new Map<string, string>()
  for (const variable of variables) {
    const column = take([plain(variable)])
    if (column !== null) values.set(variable, column)
  }
  const fields = new Map<string, string>()
  for (const { name } of template.format.kind === 'json' ? template.format.fields : []) {
    const column = take([plain(name)])
    if (column !== null) fields.set(name, column)
  }
  const whole = fields.size > 0 ? null : take(expectedNames)
  const open = variables.filter((name) => !values.has(name))
  const [first] = open
  if (first !== undefined) {
    const column = take(inputNames)
    if (column !== null) values.set(first, column)
  }
  const note = take(noteNames)
  const expected = whole ?? (fields.size > 0 ? null : takeLabels(table, template.format, free))
  const [left] = free.keys()
  const [missing] = variables.filter((name) => !values.has(name))
  // If one placeholder and one column are left, they belong together regardless of the name.
  if (missing !== undefined && left !== undefined && free.size === 1) values.set(missing, left)
  return {
    values: Object.fromEntries(values),
    expected,
    fields: Object.fromEntries(fields),
    note,
  }
}

const sampleRows = 200
const mostly = 0.8

function takeLabels(
  { columns, rows }: Table,
  format: Template['format'],
  free: Map<string, string>,
): string | null {
  if (format.kind !== 'label') return null
  const labels = new Set(format.labels.map(plain))
  for (const column of free.keys()) {
    const at = columns.indexOf(column)
    const filled = rows.slice(0, sampleRows).filter(({ cells }) => !isBlank(cells[at]))
    const known = filled.filter(({ cells }) => {
      const value = cells[at]
      return typeof value === 'string' && labels.has(plain(value))
    })
    if (filled.length === 0 || known.length < mostly * filled.length) continue
    free.delete(column)
    return column
  }
  return null
}

function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
}
