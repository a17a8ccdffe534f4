import { answerField } from '../../../shared/domain/template/judgedFields.ts'
import { plainAt, valueAt } from '../../../shared/domain/template/valueAt.ts'
import type { RowResult } from '../../../shared/domain/testRun/run.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import type { Report } from './report.ts'

export type Cell = string | number | boolean

/** The answers of a run as a table: a line an answer. */
export interface AnswerTable {
  readonly columns: readonly string[]
  /** Of as many cells as there are columns. */
  readonly lines: readonly (readonly Cell[])[]
}

/** A column, and its cell of an answer. */
interface Column {
  readonly name: string
  readonly cell: (result: RowResult, row: TestRow | undefined) => Cell
}

/** The same columns wherever answers are written as a table. Programs read their names. */
export function answerTable({ rows, results }: Pick<Report, 'rows' | 'results'>): AnswerTable {
  const columns = [
    ...before,
    ...valueColumns([...rows.values()]),
    ...answer,
    ...fieldColumns(results),
    ...after,
  ]
  return {
    columns: columns.map(({ name }) => name),
    lines: results.map((result) => {
      const row = rows.get(result.row)
      return columns.map(({ cell }) => cell(result, row))
    }),
  }
}

const before: readonly Column[] = [
  { name: 'arm', cell: ({ arm }) => arm },
  { name: 'row', cell: ({ row }) => row },
]

const answer: readonly Column[] = [
  { name: 'expected', cell: (_, row) => asCell(row?.expected ?? null) },
  { name: 'output', cell: ({ reply }) => reply },
  { name: 'valid', cell: ({ check }) => check.parseable && check.repairs.length === 0 },
  { name: 'parseable', cell: ({ check }) => check.parseable },
  { name: 'inDomain', cell: ({ check }) => check.inDomain },
  { name: 'correct', cell: ({ score }) => score?.exactMatch ?? '' },
]

const after: readonly Column[] = [
  { name: 'error', cell: ({ error }) => error?.message ?? '' },
  { name: 'promptTokens', cell: ({ tokens }) => tokens.prompt },
  { name: 'outputTokens', cell: ({ tokens }) => tokens.generated },
  { name: 'seconds', cell: ({ ms }) => ms / 1_000 },
]

function valueColumns(rows: readonly TestRow[]): readonly Column[] {
  const names = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))]
  return names.map((name) => ({ name, cell: (_, row) => row?.values[name] ?? '' }))
}

/** By which rule each field that is judged is right or wrong; of the fields of JSON, also what was given. */
function fieldColumns(results: readonly RowResult[]): readonly Column[] {
  const names = new Set(results.flatMap(({ score }) => Object.keys(score?.fields ?? {})))
  const why = (name: string): Column['cell'] => {
    return ({ score }) => ownOf(score?.fields, name)?.why ?? ''
  }
  const isWhole = names.delete(answerField)
  const whole = isWhole ? [{ name: 'why', cell: why(answerField) }] : []
  const fields = [...names].flatMap((name): readonly Column[] => [
    { name: `given ${name}`, cell: (result) => given(result, name) },
    { name: `right ${name}`, cell: ({ score }) => ownOf(score?.fields, name)?.correct ?? '' },
    { name: `why ${name}`, cell: why(name) },
  ])
  return [...whole, ...fields]
}

function given({ check }: RowResult, name: string): Cell {
  const value = check.value ?? check.partial
  if (value === null || typeof value !== 'object') return ''
  return asCell(plainAt(valueAt(value, name)))
}

/** A field may be called `constructor`. */
function ownOf<T>(fields: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined
}

/** A value in one cell: a text as it is, others as JSON. */
export function asCell(value: unknown): string {
  if (value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
