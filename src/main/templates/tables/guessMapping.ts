import type { ColumnMapping } from '../../../shared/contract/testRuns.ts'
import {
  contextNames,
  isContextName,
  plainName,
} from '../../../shared/domain/template/contextNames.ts'
import { placedFields } from '../../../shared/domain/template/fieldPaths.ts'
import { shapeOf, type OutputField } from '../../../shared/domain/template/outputFormat.ts'
import { variablesOf, type Template } from '../../../shared/domain/template/template.ts'
import type { Table } from '../../parsing/tables/table.ts'
import { noFixedColumns, type FixedColumns } from './chosenColumns.ts'
import { createColumnFacts, type ColumnFacts } from './columnFacts.ts'
import {
  answerNames,
  certainAnswerNames,
  fieldColumnNames,
  historyNames,
  inputNames,
  nameWithoutRemark,
  noteNames,
  tagNames,
} from './usualNames.ts'

/**
 * Guesses the meaning of columns from their names; a column of labels also from its values. What
 * can't be guessed stays unmapped: a column under an unknown name may hold the answers, and those
 * must not get into the prompt. Only a table with one column has no other use for it.
 *
 * @param fixed what a person chose, which is kept.
 */
export function guessMapping(
  table: Table,
  template: Pick<Template, 'instruction' | 'input' | 'optional' | 'format'>,
  fixed: FixedColumns = noFixedColumns,
): ColumnMapping {
  const facts = createColumnFacts(table, template.format)
  const chosen = new Set([
    ...fixed.values.values(),
    ...fixed.fields.values(),
    fixed.expected,
    fixed.note,
    fixed.tags,
  ])
  const free = createFreeColumns(table.columns.filter((column) => !chosen.has(column)))
  const isRequired = (name: string): boolean => template.optional[name] === undefined
  const all = variablesOf(template)
  const required = all.filter(isRequired)
  const variables = all.filter((name) => !fixed.values.has(name))
  const values = takeOwnNames(variables, free)
  const answers =
    fixed.expected === undefined
      ? takeAnswers(template.format, free, facts, fixed.fields)
      : { expected: fixed.expected, fields: [] }
  takeInputs(variables, required, values, free, facts)
  const note = fixed.note === undefined ? free.take(noteNames) : fixed.note
  const tags = fixed.tags === undefined ? free.take(tagNames) : fixed.tags
  const expected =
    answers.expected ??
    (fixed.expected === undefined && answers.fields.length === 0 && fixed.fields.size === 0
      ? free.takeIf(facts.hasLabels)
      : null)
  const [only] = free.left()
  const [missing] = variables.filter((name) => !values.has(name) && isRequired(name))
  if (missing !== undefined && only !== undefined && table.columns.length === 1) {
    values.set(missing, only)
  }
  return {
    values: withColumn([...values, ...fixed.values]),
    expected,
    fields: withColumn([...answers.fields, ...fixed.fields]),
    note,
    ...(tags === null ? {} : { tags }),
  }
}

function withColumn(
  pairs: readonly (readonly [string, string | null])[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.flatMap(([name, column]) => (column === null ? [] : [[name, column] as const])),
  )
}

/** The columns with what is expected, of fields or of the whole. */
function takeAnswers(
  format: Template['format'],
  free: FreeColumns,
  facts: ColumnFacts,
  fixed: FixedColumns['fields'],
): Answers {
  const fields = new Map<string, string>()
  for (const { path, field } of format.kind === 'json' ? placedFields(format.fields) : []) {
    const isOuter = shapeOf(field.type).kind !== 'leaf'
    const column = fixed.has(path)
      ? null
      : free.take(fieldColumnNames(path), isOuter ? facts.hasJson : undefined)
    if (column !== null) fields.set(path, column)
  }
  const expected = fixed.size > 0 ? null : takeWhole(format, free, facts, fields)
  return { expected, fields: [...fields] }
}

interface Answers {
  readonly expected: string | null
  readonly fields: readonly (readonly [string, string])[]
}

interface FreeColumns {
  /** Takes the first column with one of the names, in the order of the names. */
  take(names: readonly string[], fits?: (column: string) => boolean): string | null
  /** Takes the first column that fits. */
  takeIf(fits: (column: string) => boolean): string | null
  left(): readonly string[]
}

function createFreeColumns(columns: readonly string[]): FreeColumns {
  const free = new Set(columns)
  function takeIf(fits: (column: string) => boolean): string | null {
    for (const column of free) {
      if (!fits(column)) continue
      free.delete(column)
      return column
    }
    return null
  }
  return {
    take(names, fits = () => true) {
      for (const called of [plainName, nameWithoutRemark]) {
        for (const name of names) {
          const column = takeIf((one) => called(one) === name && fits(one))
          if (column !== null) return column
        }
      }
      return null
    },
    takeIf,
    left: () => [...free],
  }
}

function takeOwnNames(variables: readonly string[], free: FreeColumns): Map<string, string> {
  const values = new Map<string, string>()
  for (const variable of variables) {
    const column = free.take([plainName(variable)])
    if (column !== null) values.set(variable, column)
  }
  return values
}

/**
 * The column with the whole answer. Where fields have columns of their own, only one with answers
 * in JSON counts; the fields are left to it. A single field can have it as its column.
 */
function takeWhole(
  format: Template['format'],
  free: FreeColumns,
  facts: ColumnFacts,
  fields: Map<string, string>,
): string | null {
  if (fields.size > 0) {
    const whole = free.take(certainAnswerNames, facts.hasObjects)
    if (whole !== null) fields.clear()
    return whole
  }
  const column =
    free.take(answerNames, facts.hasLabels) ??
    (format.kind === 'label'
      ? free.takeIf((one) => facts.hasLabels(one) && !isInput(one))
      : null) ??
    free.take(answerNames, facts.isFilled) ??
    free.take(answerNames)
  const single = singleField(format)
  if (column === null || single === null || facts.hasObjects(column)) return column
  fields.set(single.name, column)
  return null
}

function singleField(format: Template['format']): OutputField | null {
  if (format.kind !== 'json' || format.fields.length !== 1) return null
  return format.fields[0] ?? null
}

function isInput(column: string): boolean {
  return inputNames.includes(plainName(column))
}

/**
 * Columns for placeholders under usual names. A column of labels holds answers, whatever its name.
 *
 * @param required the placeholders that a row has to fill. If it is one, any usual name will do.
 */
function takeInputs(
  variables: readonly string[],
  required: readonly string[],
  values: Map<string, string>,
  free: FreeColumns,
  { hasLabels }: ColumnFacts,
): void {
  const fits = (column: string): boolean => !hasLabels(column)
  const open = (): readonly string[] => variables.filter((name) => !values.has(name))
  for (const names of [contextNames, historyNames, inputNames]) {
    for (const name of open()) {
      if (!names.includes(plainName(name))) continue
      const column = free.take(names, fits)
      if (column !== null) values.set(name, column)
    }
  }
  const [only, another] = open().filter(
    (name) => required.includes(name) && (required.length === 1 || !isContextName(name)),
  )
  if (only === undefined || another !== undefined) return
  const column = free.take(inputNames, fits)
  if (column !== null) values.set(only, column)
}
