import { escapeRegExp } from '../../../shared/domain/escapeRegExp.ts'
import { isRecord } from '../../../shared/domain/isRecord.ts'
import { listed } from '../../../shared/domain/listed.ts'
import { plural } from '../../../shared/domain/localFormat.ts'
import { isBlank, type Cell } from './table.ts'

/** What an assertion of promptfoo demands of an answer, where Penknife judges by the same. */
export interface Assertion {
  readonly way: 'equal' | 'contains' | 'pattern'
  readonly expected: Cell
}

/** Assertions of a row: at most one is used, since a row expects one answer. */
export interface RowAssertions {
  readonly used: Assertion | null
  /** Types of those that aren't, such as `llm-rubric`. */
  readonly lost: readonly string[]
}

/** Reads the `assert` of a test: a list of types with values. */
export function readAsserts(assert: Cell): RowAssertions {
  const all = Array.isArray(assert) ? assert : [assert]
  return firstOf(
    all.map((one) => {
      const [type, value] = isRecord(one) ? [one.type, one.value] : [undefined, undefined]
      const name = typeof type === 'string' ? type : 'an assertion without a type'
      return { type: name, read: readAssertion(name, value ?? null) }
    }),
  )
}

/** Reads cells of the columns `__expected`, `__expected1` …: `contains: Paris`, or what is equal. */
export function readExpectedCells(cells: readonly Cell[]): RowAssertions {
  return firstOf(
    cells
      .filter((value) => !isBlank(value))
      .map((value) => {
        const [, type, rest] = (typeof value === 'string' ? prefix.exec(value) : null) ?? []
        if (type === undefined || rest === undefined) {
          return { type: 'equals', read: { way: 'equal', expected: value } }
        }
        return { type, read: readAssertion(type, rest) }
      }),
  )
}

/** A type as promptfoo writes it in a cell, with a threshold or not. */
const prefix =
  /^\s*((?:not-)?(?:equals|contains(?:-(?:any|all|json))?|icontains(?:-(?:any|all))?|regex|starts-with|is-json|similar|levenshtein|rouge-n|llm-rubric|grade|factuality|javascript|fn|eval|python|file|webhook|latency|cost))(?:\([^)]*\))?(?::\s*|\s*$)([\s\S]*)$/u

/** @returns null for a type that Penknife can't judge by. */
export function readAssertion(type: string, value: Cell): Assertion | null {
  if (type === 'equals') return { way: 'equal', expected: value }
  if (typeof value !== 'string') return null
  switch (type) {
    case 'contains':
    case 'icontains':
      return { way: 'contains', expected: value }
    case 'regex':
      return { way: 'pattern', expected: value }
    case 'starts-with':
      return { way: 'pattern', expected: `^${escapeRegExp(value)}` }
    default:
      return null
  }
}

function firstOf(
  all: readonly { readonly type: string; readonly read: Assertion | null }[],
): RowAssertions {
  const used = all.find(({ read }) => read !== null)
  return {
    used: used?.read ?? null,
    lost: all.filter((one) => one !== used).map(({ type }) => type),
  }
}

const waysInWords = {
  equal: 'be equal',
  contains: 'contain the expected words',
  pattern: 'match the expected pattern',
} as const

/**
 * What to know about the assertions of rows: which way of being right they mean, and which of them aren't
 * used. Sentences; none if all are equal.
 */
export function assertionNotes(rows: readonly RowAssertions[]): readonly string[] {
  const ways = counted(rows.flatMap(({ used }) => (used === null ? [] : [used.way])))
  const isPlain = [...ways.keys()].every((way) => way === 'equal')
  const parts = [...ways].map(([way, count]) => `${plural(count, 'answer')} to ${waysInWords[way]}`)
  return [
    ...(isPlain
      ? []
      : [`The file asks for ${listed(parts)}. Choose that under “Right if” of the answer.`]),
    ...lostAssertions(rows.map(({ lost }) => lost)),
  ]
}

/** A sentence for each type of assertion that isn't used, of its types by row. */
export function lostAssertions(rows: readonly (readonly string[])[]): readonly string[] {
  return [...counted(rows.flat())].map(
    ([type, count]) =>
      `The assertion “${type}” is not used in ${plural(count, 'row')}: a row expects one answer, which is equal, contained or a pattern.`,
  )
}

function counted<T>(items: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>()
  for (const one of items) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}
