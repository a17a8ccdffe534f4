import type { ColumnMapping } from '../../../shared/contract/testRuns.ts'
import { labelWords } from '../../../shared/domain/template/labels.ts'
import { variablesOf, type Template } from '../../../shared/domain/template/template.ts'
import { answerNames, inputNames, nameWithoutRemark } from './usualNames.ts'

type Described = Pick<Template, 'instruction' | 'input' | 'format'>

/**
 * Says in one line what each column was taken for, which ones are not used, and what has no column.
 */
export function describeMapping(
  columns: readonly string[],
  mapping: ColumnMapping,
  template: Described,
): string {
  const used = usesOf(mapping, template)
  const unused = columns.filter((column) => !used.some((one) => one.column === column))
  const taken = used.map(({ column, use }) => `“${column}” → ${use}`).join(', ')
  return [
    taken === '' ? 'No heading is known.' : `Columns: ${taken}.`,
    ...(unused.length > 0 ? [`Not used: ${quoted(unused)}.`] : []),
    ...withoutColumn(mapping, template),
    ...remarks(columns, mapping),
    ...aboutLists(mapping, template),
  ].join(' ')
}

/** Columns in quotes, of many only the first. */
export function quoted(columns: readonly string[]): string {
  return labelWords(columns.map((column) => `“${column}”`))
}

function usesOf(
  { values, expected, fields, note }: ColumnMapping,
  { format }: Described,
): readonly { readonly column: string; readonly use: string }[] {
  const optional = (name: string): boolean =>
    format.kind === 'json' && format.fields.some((one) => one.name === name && one.optional)
  return [
    ...Object.entries(values).map(([name, column]) => ({ column, use: `<${name}>` })),
    ...(expected === null ? [] : [{ column: expected, use: 'expected answer' }]),
    ...Object.entries(fields).map(([name, column]) => ({
      column,
      use: optional(name) ? `expected “${name}” (empty: left out)` : `expected “${name}”`,
    })),
    ...(note === null ? [] : [{ column: note, use: 'note' }]),
  ]
}

function withoutColumn(mapping: ColumnMapping, template: Described): readonly string[] {
  const { format } = template
  const open = variablesOf(template).filter((name) => mapping.values[name] === undefined)
  const fields = format.kind === 'json' ? format.fields.map(({ name }) => name) : []
  const unjudged = fields.filter((name) => mapping.fields[name] === undefined)
  const found = Object.keys(mapping.fields).length
  return [
    ...(open.length > 0 ? [`No column for ${open.map((one) => `<${one}>`).join(', ')}.`] : []),
    ...(mapping.expected !== null || (found > 0 && unjudged.length === 0)
      ? []
      : found > 0
        ? [`No column for the expected ${quoted(unjudged)}.`]
        : ['No column for the expected answer.']),
  ]
}

/** What is easily overlooked about the way in which the columns are read. */
function remarks(columns: readonly string[], mapping: ColumnMapping): readonly string[] {
  const [only] = columns
  const isUnknown =
    only !== undefined &&
    columns.length === 1 &&
    ![...inputNames, ...answerNames].includes(nameWithoutRemark(only)) &&
    !Object.keys(mapping.values).some((name) => nameWithoutRemark(name) === nameWithoutRemark(only))
  return isUnknown ? [`“${only}” was read as the heading, not as a row.`] : []
}

function aboutLists({ fields }: ColumnMapping, { format }: Described): readonly string[] {
  const lists = (format.kind === 'json' ? format.fields : []).filter(
    ({ name, type }) => type.kind === 'list' && fields[name] !== undefined,
  )
  if (lists.length === 0) return []
  return [
    `Items of ${quoted(lists.map(({ name }) => name))} are separated by “ | ”, or else by line breaks, semicolons or commas.`,
  ]
}
