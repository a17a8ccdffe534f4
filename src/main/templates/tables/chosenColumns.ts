import Papa from 'papaparse'
import { placedFields } from '../../../shared/domain/template/fieldPaths.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import { variablesOf } from '../../../shared/domain/template/template.ts'
import { invalidInput } from '../../../shared/errors.ts'
import { plainHeading } from '../../parsing/tables/table.ts'
import { unknownName } from '../store/unknownNames.ts'
import { quoted } from './describeMapping.ts'

/** A column that a person chose: `INPUT=question`. */
export interface ChosenColumn {
  /** A placeholder, a field of the format, `expected`, `note` or `tags`. */
  readonly name: string
  /** null: no column, whatever the headings say. */
  readonly column: string | null
}

/** What a person chose; what is not in it is guessed. */
export interface FixedColumns {
  /** Name of a placeholder → column. */
  readonly values: ReadonlyMap<string, string | null>
  /** Path of a field → column. */
  readonly fields: ReadonlyMap<string, string | null>
  /** undefined: guessed. */
  readonly expected: string | null | undefined
  readonly note: string | null | undefined
  readonly tags: string | null | undefined
}

/** Nothing is chosen, all is guessed. */
export const noFixedColumns: FixedColumns = {
  values: new Map(),
  fields: new Map(),
  expected: undefined,
  note: undefined,
  tags: undefined,
}

/**
 * Reads `INPUT=question,expected=ground_truth`. It is a row of CSV: a pair with a comma in it is put
 * in quotes. Nothing behind the equals sign means no column.
 *
 * @returns null where a pair has no name or no equals sign.
 */
export function readChosenColumns(text: string): readonly ChosenColumn[] | null {
  const pairs = Papa.parse<readonly string[]>(text, { delimiter: ',' }).data.flat()
  const chosen = pairs.flatMap((pair): readonly ChosenColumn[] => {
    const at = pair.indexOf('=')
    const name = pair.slice(0, Math.max(0, at)).trim()
    if (name === '') return []
    const column = plainHeading(pair.slice(at + 1))
    return [{ name, column: column === '' ? null : column }]
  })
  return chosen.length === pairs.length && pairs.length > 0 ? chosen : null
}

/**
 * What the chosen columns are for.
 *
 * @param source name of the table, for errors.
 * @throws AppError `invalid-input` that names what the template or the table does not have.
 */
export function fixColumns(
  chosen: readonly ChosenColumn[],
  columns: readonly string[],
  template: Pick<Template, 'instruction' | 'input' | 'format'>,
  source: string,
): FixedColumns {
  const unknown = chosen.flatMap(({ column }) =>
    column === null || columns.includes(column) ? [] : [unknownName(column, columns)],
  )
  if (unknown.length > 0) {
    throw invalidInput(`${source} has no column ${unknown.join(', ')}. It has ${quoted(columns)}.`)
  }
  const targets = targetsOf(template)
  const fixed = new Map<Target, string | null>()
  for (const { name, column } of chosen) {
    const target = targetNamed(name, targets)
    if (fixed.has(target)) throw invalidInput(`--map names “${target.name}” twice. Name it once.`)
    fixed.set(target, column)
  }
  const found = (kind: Target['kind']) =>
    [...fixed].flatMap(([target, column]) =>
      target.kind === kind ? [[target.name, column] as const] : [],
    )
  return {
    values: new Map(found('value')),
    fields: new Map(found('field')),
    expected: found('expected')[0]?.[1],
    note: found('note')[0]?.[1],
    tags: found('tags')[0]?.[1],
  }
}

/** What a column can be for. */
interface Target {
  readonly kind: 'value' | 'field' | 'expected' | 'note' | 'tags'
  readonly name: string
}

function targetsOf(
  template: Pick<Template, 'instruction' | 'input' | 'format'>,
): readonly Target[] {
  const { format } = template
  const fields = format.kind === 'json' ? placedFields(format.fields).map(({ path }) => path) : []
  const all: readonly Target[] = [
    ...variablesOf(template).map((name) => ({ kind: 'value' as const, name })),
    ...fields.map((name) => ({ kind: 'field' as const, name })),
    { kind: 'expected', name: 'expected' },
    { kind: 'note', name: 'note' },
    { kind: 'tags', name: 'tags' },
  ]
  // The template's own names go before those that every table can have.
  return all.filter((one, at) => all.findIndex(({ name }) => name === one.name) === at)
}

/** By its name as it is written; placeholders also in small letters. */
function targetNamed(name: string, targets: readonly Target[]): Target {
  const found =
    targets.find((one) => one.name === name) ??
    targets.find((one) => one.kind === 'value' && one.name === name.toUpperCase())
  if (found !== undefined) return found
  const known = targets.map((one) => one.name)
  throw invalidInput(
    `--map names ${unknownName(name, known)}, for which the template has no place. It has ${quoted(known)}.`,
  )
}
