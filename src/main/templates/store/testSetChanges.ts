import type { TestRow, TestSetSummary } from '../../../shared/domain/testRun/testSet.ts'
import { appendLines } from '../../disk/lineFile.ts'
import { newReadableId } from './readableId.ts'
import {
  editedBy,
  headOf,
  writeTestSet,
  type TestSetLine,
  type TestSetVersion,
} from './testSetFile.ts'
import type { LoadedTestSet, TestSetReading } from './testSetReading.ts'

/** The calls that change test sets; each resolves once the change is on the disk. */
export interface TestSetChanges {
  create(template: string, name: string, rows: readonly TestRow[]): Promise<TestSetSummary>
  /** Adds rows behind the others, or replaces those with the same ids. */
  putRows(id: string, rows: readonly TestRow[]): Promise<TestSetSummary>
  removeRows(id: string, rows: readonly string[]): Promise<void>
  rename(id: string, name: string): Promise<void>
}

export interface TestSetChangesDeps {
  readonly reading: TestSetReading
  /** One call of a test set at a time. */
  readonly exclusive: <T>(id: string, task: () => Promise<T>) => Promise<T>
  /** Tells that the test sets of a template changed. */
  readonly announce: (template: string) => void
}

/** Useless lines that are not worth writing a file again for. */
const spareLines = 1_000

export function createTestSetChanges(deps: TestSetChangesDeps): TestSetChanges {
  const { reading, exclusive, announce } = deps
  return {
    async create(template, name, rows) {
      const id = `${template}:${newReadableId(name, 'test-set')}`
      const { file } = reading.placeOf(id)
      await exclusive(id, () => writeTestSet(file, name, byId(rows)))
      const summary = await exclusive(id, () => reading.summaryOf(id))
      announce(template)
      return summary
    },
    async putRows(id, rows) {
      const { known } = await change(deps, id, (before) => {
        const after = new Map(before.rows)
        for (const row of rows) after.set(row.id, row)
        return { rows: after, lines: rows, made: editedBy(before.made, before.rows, rows, []) }
      })
      return known.summary
    },
    async removeRows(id, ids) {
      await change(deps, id, ({ rows, made }) => {
        const left = new Map(rows)
        for (const one of ids) left.delete(one)
        const lines = [{ drop: [...ids] }]
        return { rows: left, lines, made: editedBy(made, rows, [], ids) }
      })
    },
    async rename(id, name) {
      await change(deps, id, () => ({ name, lines: [headOf(name)] }))
    },
  }
}

/** What changes of a test set, and the lines that say so. */
interface Change {
  readonly name?: string
  readonly rows?: ReadonlyMap<string, TestRow>
  /** The next version; missing where the rows stay. */
  readonly made?: TestSetVersion
  readonly lines: readonly TestSetLine[]
}

function change(
  { reading, exclusive, announce }: TestSetChangesDeps,
  id: string,
  apply: (before: LoadedTestSet) => Change,
): Promise<LoadedTestSet> {
  return exclusive(id, async () => {
    const before = await reading.load(id)
    const { file, template } = reading.placeOf(id)
    const { name = before.name, rows = before.rows, made = before.made, lines } = apply(before)
    if (lines.length === 0) return before
    const dead = before.dead + lines.length + before.rows.size - rows.size
    // Of several lines appended, a kill may leave a part; and one line is an edit only in a file that
    // says its version.
    const isUnnumbered = !before.isNumbered && rows !== before.rows
    const rewrite = lines.length > 1 || isUnnumbered || dead > rows.size + spareLines
    try {
      if (rewrite) await writeTestSet(file, name, rows, made)
      else await appendLines(file, lines)
    } catch (error) {
      reading.unload(id)
      throw error
    }
    const isNumbered = rewrite || before.isNumbered
    const after = await reading.remember(id, {
      name,
      made,
      isNumbered,
      rows,
      dead: rewrite ? 0 : dead,
    })
    announce(template)
    return after
  })
}

function byId(rows: readonly TestRow[]): ReadonlyMap<string, TestRow> {
  return new Map(rows.map((row) => [row.id, row]))
}
