import type { FlaggedRow, RowMarks } from '../../../shared/contract/testRuns.ts'
import type { Template } from '../../../shared/domain/template/template.ts'
import { createRowFlagger, isIncluded } from '../../../shared/domain/testRun/flagRows.ts'
import type { TestRow } from '../../../shared/domain/testRun/testSet.ts'
import { createTimeSlices } from '../../flow/timeSlices.ts'
import type { TestSetStore } from './testSetStore.ts'

/** The rows of test sets with their flags for a template, and whether they count. */
export interface FlaggedRows {
  page(
    testSet: string,
    template: Template,
    from: number,
    count: number,
  ): Promise<{
    readonly total: number
    readonly included: number
    readonly rows: readonly FlaggedRow[]
  }>
  /** The rows that count: not excluded by hand or by the similarity rule. */
  included(testSet: string, template: Template): Promise<readonly TestRow[]>
  /**
   * Sets by hand which rows count. Ids of rows that are gone are ignored. @returns the previous
   * marks.
   */
  mark(testSet: string, marks: RowMarks): Promise<RowMarks>
}

export function createFlaggedRows(store: Pick<TestSetStore, 'rows' | 'putRows'>): FlaggedRows {
  // Cached, since pages are requested one by one while scrolling, but flags need all rows.
  const known = new WeakMap<readonly TestRow[], { key: string; flagged: readonly FlaggedRow[] }>()

  async function all(testSet: string, template: Template): Promise<readonly FlaggedRow[]> {
    const rows = await store.rows(testSet)
    const { instruction, input, optional, format, examples } = template
    const key = JSON.stringify([instruction, input, optional, format, examples])
    const before = known.get(rows)
    if (before?.key === key) return before.flagged
    const flagsOf = createRowFlagger(template)
    const slices = createTimeSlices()
    const flagged: FlaggedRow[] = []
    for (const row of rows) {
      if (slices.due()) await slices.pause()
      const flags = flagsOf(row)
      flagged.push({ row, flags, included: isIncluded(row, flags) })
    }
    known.set(rows, { key, flagged })
    return flagged
  }

  return {
    async page(testSet, template, from, count) {
      const flagged = await all(testSet, template)
      return {
        total: flagged.length,
        included: flagged.filter(({ included }) => included).length,
        rows: flagged.slice(from, from + count),
      }
    },
    async included(testSet, template) {
      return (await all(testSet, template)).flatMap(({ row, included }) => (included ? [row] : []))
    },
    async mark(testSet, marks) {
      const before = (await store.rows(testSet)).filter(({ id }) => Object.hasOwn(marks, id))
      await store.putRows(
        testSet,
        before.map((row) => ({ ...row, included: marks[row.id] ?? null })),
      )
      return Object.fromEntries(before.map(({ id, included }) => [id, included]))
    },
  }
}
