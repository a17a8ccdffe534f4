import { beyondGrammar } from '../template/beyondGrammar.ts'
import { readExpected } from '../template/expected.ts'
import {
  enabledExamples,
  missingValues,
  variablesOf,
  type InputValues,
  type Template,
} from '../template/template.ts'
import { createNearestText } from './nearestExample.ts'
import type { RowFlag, TestRow } from './testSet.ts'
import { listed } from '../listed.ts'

/** What is doubtful about rows, by the id of the row. Rows without a flag are missing. */
export type RowFlags = ReadonlyMap<string, readonly RowFlag[]>

type FlagTemplate = Pick<Template, 'instruction' | 'input' | 'optional' | 'format' | 'examples'> &
  Partial<Pick<Template, 'decoding'>>

/**
 * Finds rows that would measure something other than the template: rows that its examples give
 * away, duplicates, and rows that cannot be asked or scored. Only examples that are on count.
 */
export function flagRows(rows: readonly TestRow[], template: FlagTemplate): RowFlags {
  const flagsOf = createRowFlagger(template)
  const flags = new Map<string, readonly RowFlag[]>()
  for (const row of rows) {
    const own = flagsOf(row)
    if (own.length > 0) flags.set(row.id, own)
  }
  return flags
}

/** The same for one row after another, in their order, so that other work can run in between. */
export function createRowFlagger(template: FlagTemplate): (row: TestRow) => readonly RowFlag[] {
  const variables = variablesOf(template)
  const likeExample = exampleFlag(template, variables)
  const likeRow = duplicateFlag(variables)
  return (row) =>
    [
      missingFlag(row, template),
      likeExample(row),
      likeRow(row),
      expectedFlag(row, template),
    ].filter((flag) => flag !== null)
}

const leftOut: readonly RowFlag['kind'][] = ['equals-example', 'near-example', 'missing-value']

/**
 * Whether a row is tested: as chosen by hand, otherwise unless an example gives it away or it
 * cannot be asked.
 */
export function isIncluded(row: TestRow, flags: readonly RowFlag[] = []): boolean {
  return row.included ?? !flags.some(({ kind }) => leftOut.includes(kind))
}

function missingFlag({ values }: TestRow, template: FlagTemplate): RowFlag | null {
  const missing = missingValues(template, values)
  if (missing.length === 0) return null
  const names = listed(missing.map((name) => `<${name}>`))
  return {
    kind: 'missing-value',
    message: `There is nothing for ${names}. It is left out until that is filled in.`,
    other: null,
  }
}

function exampleFlag(
  template: Pick<Template, 'examples'>,
  variables: readonly string[],
): (row: TestRow) => RowFlag | null {
  const known = enabledExamples(template).map(({ id, values }) => ({
    id,
    text: textOf(values, variables),
  }))
  const equal = new Map(known.map(({ id, text }) => [normalised(text), id]))
  const nearest = createNearestText(known)
  return ({ values }) => {
    const text = textOf(values, variables)
    if (text.trim() === '') return null
    const same = equal.get(normalised(text))
    if (same !== undefined) {
      return {
        kind: 'equals-example',
        message: 'An example has the same input, so that this row would measure copying.',
        other: same,
      }
    }
    const near = nearest(text)
    if (near === null) return null
    return {
      kind: 'near-example',
      message: 'An example has nearly the same input, so that this row would measure copying.',
      other: near,
    }
  }
}

function duplicateFlag(variables: readonly string[]): (row: TestRow) => RowFlag | null {
  const seen = new Map<string, TestRow>()
  return (row) => {
    const text = normalised(textOf(row.values, variables))
    if (text === '') return null
    const earlier = seen.get(text)
    if (earlier === undefined) {
      seen.set(text, row)
      return null
    }
    const agree = JSON.stringify(earlier.expected) === JSON.stringify(row.expected)
    return {
      kind: 'duplicate-row',
      message: agree
        ? 'An earlier row has the same input. Both count, which makes the figures look surer.'
        : 'An earlier row has the same input and expects something else. One cannot be right.',
      other: earlier.id,
    }
  }
}

function expectedFlag({ expected: raw }: TestRow, template: FlagTemplate): RowFlag | null {
  const { format, decoding } = template
  if (raw === null) return null
  const { expected, problem: unread } = readExpected(format, raw)
  const isForced = decoding?.grammar === true && expected !== null
  const problem = unread ?? (isForced ? beyondGrammar(format, expected) : null)
  return problem === null ? null : { kind: 'expected-not-in-format', message: problem, other: null }
}

/** What a row brings; what the template writes round it is the same for all. */
function textOf(values: InputValues, variables: readonly string[]): string {
  return variables.map((name) => values[name] ?? '').join('\n')
}

function normalised(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim()
}
