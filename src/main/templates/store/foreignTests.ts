import { isRecord } from '../../../shared/domain/isRecord.ts'
import { escapeRegExp } from '../../../shared/domain/escapeRegExp.ts'
import { plural } from '../../../shared/domain/localFormat.ts'
import type { Measure } from '../../../shared/domain/template/measure.ts'
import { rawExpected, type RawExpected } from '../../../shared/domain/template/rawExpected.ts'
import type { InputValues } from '../../../shared/domain/template/template.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { lostAssertions, readAsserts, type Assertion } from '../../parsing/tables/assertions.ts'
import type { Cell } from '../../parsing/tables/table.ts'
import { placeholderOf } from './foreignText.ts'

export interface ForeignTests {
  readonly rows: readonly TestRow[]
  /** The one way in which a text has to be right; null: equal. */
  readonly measure: Measure | null
  readonly notes: readonly string[]
}

/** Names of a test that are read; the schema of an answer is read elsewhere (`is-json`). */
const known = new Set(['vars', 'assert'])
export const schemaAssertions: ReadonlySet<string> = new Set(['is-json', 'contains-json'])

/**
 * The tests of a configuration as rows. A template judges its answer in one way, so that tests with
 * assertions of several kinds become patterns.
 *
 * @param common what each test begins with (`defaultTest`).
 */
export function readForeignTests(tests: readonly unknown[], common: unknown): ForeignTests {
  const shared = isRecord(common) ? common : {}
  const all = tests.filter(isRecord).map((test) => ({
    names: Object.keys(test).filter((name) => !known.has(name)),
    vars: { ...asVars(shared.vars), ...asVars(test.vars) },
    asserts: readAsserts([...listIn(shared.assert), ...listIn(test.assert)] as Cell),
  }))
  const ways = new Set(all.flatMap(({ asserts }) => asserts.used?.way ?? []))
  const way = ways.size > 1 ? 'pattern' : ([...ways][0] ?? 'equal')
  const inFile = all.filter(({ vars }) => Object.values(vars).some(isFile))
  const rows = all.flatMap(({ vars, asserts }) => {
    if (Object.values(vars).some(isFile)) return []
    const expected = asserts.used === null ? null : expectedOf(asserts.used, way)
    return eachOf(vars).map((values) => ({ values, expected, included: null }))
  })
  const lost = all.map(({ asserts: { lost: types } }) =>
    types.filter((type) => !schemaAssertions.has(type)),
  )
  return {
    rows: rows.map((row, index) => ({ id: String(index + 1), ...row })),
    measure: way === 'equal' ? null : { kind: way },
    notes: [
      ...(inFile.length === 0
        ? []
        : [
            `${plural(inFile.length, 'test')} with values in files of their own aren’t taken over.`,
          ]),
      ...(ways.size > 1
        ? ['The tests are judged in several ways here, which became patterns.']
        : []),
      ...(way === 'contains'
        ? ['What an answer should contain is compared by whole words here, without capitals.']
        : []),
      ...lostAssertions(lost),
      ...lostNames(all.flatMap(({ names }) => names)),
    ],
  }
}

function lostNames(names: readonly string[]): readonly string[] {
  return [...new Set(names)].map((name) => `“${name}” of the tests is not taken over.`)
}

/** @returns null where it can't be expected, such as a list of lists. */
function expectedOf({ way, expected }: Assertion, wanted: Assertion['way']): RawExpected | null {
  if (wanted !== 'pattern') {
    const read = rawExpected.safeParse(isSimple(expected) ? String(expected) : expected)
    return read.success ? read.data : null
  }
  const text = isSimple(expected) ? String(expected) : JSON.stringify(expected)
  if (way === 'pattern') return text
  return way === 'equal' ? String.raw`^\s*${escapeRegExp(text.trim())}\s*$` : escapeRegExp(text)
}

function isSimple(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

/** promptfoo asks once for each combination of the items of lists. */
function eachOf(vars: Readonly<Record<string, unknown>>): readonly InputValues[] {
  return Object.entries(vars).reduce<readonly InputValues[]>(
    (rows, [name, value]) =>
      (Array.isArray(value) ? (value as readonly unknown[]) : [value]).flatMap((one) =>
        rows.map((row) => ({ ...row, [placeholderOf(name)]: asText(one) })),
      ),
    [{}],
  )
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return isSimple(value) ? String(value) : JSON.stringify(value)
}

function asVars(vars: unknown): Readonly<Record<string, unknown>> {
  return isRecord(vars) ? vars : {}
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function isFile(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('file://')
}
