import type { ColumnMapping } from '../../../shared/contract/testRuns.ts'
import { isWithin, placedFields } from '../../../shared/domain/template/fieldPaths.ts'
import { isInList, judgedFields } from '../../../shared/domain/template/judgedFields.ts'
import { labelWords } from '../../../shared/domain/template/labels.ts'
import { formatCount } from '../../../shared/domain/localFormat.ts'
import {
  requiredVariables,
  variablesOf,
  type InputValues,
  type Template,
} from '../../../shared/domain/template/template.ts'
import { answerNames, inputNames, nameWithoutRemark } from './usualNames.ts'

type Described = Pick<Template, 'instruction' | 'input' | 'optional' | 'format'>

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
  { values, expected, fields, note, tags = null }: ColumnMapping,
  { format }: Described,
): readonly { readonly column: string; readonly use: string }[] {
  const fieldsOfFormat = format.kind === 'json' ? placedFields(format.fields) : []
  const optional = (name: string): boolean =>
    fieldsOfFormat.some(({ path, field }) => path === name && field.optional)
  return [
    ...Object.entries(values).map(([name, column]) => ({ column, use: `<${name}>` })),
    ...(expected === null ? [] : [{ column: expected, use: 'expected answer' }]),
    ...Object.entries(fields).map(([name, column]) => ({
      column,
      use: optional(name) ? `expected “${name}” (empty: left out)` : `expected “${name}”`,
    })),
    ...(note === null ? [] : [{ column: note, use: 'note' }]),
    ...(tags === null ? [] : [{ column: tags, use: 'tags' }]),
  ]
}

function withoutColumn(mapping: ColumnMapping, template: Described): readonly string[] {
  const { format } = template
  const unmapped = variablesOf(template).filter((name) => mapping.values[name] === undefined)
  const open = requiredVariables(template).filter((name) => unmapped.includes(name))
  const left = unmapped.filter((name) => !open.includes(name))
  const fields = format.kind === 'json' ? judgedFields(format).map(({ name }) => name) : []
  const mapped = Object.keys(mapping.fields)
  const unjudged = fields.filter((name) => !mapped.some((one) => isWithin(name, one)))
  const found = mapped.length
  return [
    ...(open.length > 0 ? [`No column for ${tags(open)}.`] : []),
    ...(left.length > 0 ? [`No column for ${tags(left)}, which may be empty.`] : []),
    ...(mapping.expected !== null || (found > 0 && unjudged.length === 0)
      ? []
      : found > 0
        ? [`No column for the expected ${quoted(unjudged)}.`]
        : ['No column for the expected answer.']),
  ]
}

/**
 * How many rows leave an optional placeholder of a column empty, in a sentence for each placeholder.
 */
export function describeEmpty(
  rows: readonly { readonly values: InputValues; readonly problem: string | null }[],
  { values }: ColumnMapping,
  { optional }: Described,
): readonly string[] {
  const usable = rows.filter(({ problem }) => problem === null)
  return Object.keys(values).flatMap((name) => {
    const text = optional[name]
    const empty = usable.filter((row) => (row.values[name] ?? '').trim() === '').length
    if (text === undefined || empty === 0) return []
    const count = `${formatCount(empty)} of ${formatCount(usable.length)} rows`
    return text === ''
      ? [`<${name}> is empty in ${count}.`]
      : [`<${name}> is empty in ${count}, which have its default text.`]
  })
}

function tags(names: readonly string[]): string {
  return names.map((one) => `<${one}>`).join(', ')
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
  const lists = (format.kind === 'json' ? judgedFields(format) : []).filter(
    (one) => (one.type.kind === 'list' || isInList(one)) && fields[one.name] !== undefined,
  )
  if (lists.length === 0) return []
  return [
    `Items of ${quoted(lists.map(({ name }) => name))} are separated by “ | ”, or else by line breaks, semicolons or commas.`,
  ]
}
