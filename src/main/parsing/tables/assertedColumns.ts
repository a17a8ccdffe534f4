import { assertionNotes, readAsserts, readExpectedCells, type RowAssertions } from './assertions.ts'
import { isBlank, type Cell, type Table } from './table.ts'

const expectedColumn = 'expected'
/** Columns of promptfoo's tables: `__expected`, or `__expected1` and so on. */
const prefixed = /^__expected\d*$/u

/** A table with what assertions of promptfoo expect in a column of its own, and notices of what they are. */
export function withAsserted(table: Table): Table {
  const { columns } = table
  const isCell = columns.map((name) => prefixed.test(name))
  const isList = columns.map(
    (name, at) => name === 'assert' && table.rows.some(({ cells }) => Array.isArray(cells[at])),
  )
  const isTaken = columns.map((_, at) => isCell[at] === true || isList[at] === true)
  if (!isTaken.includes(true)) return table
  const own = columns.indexOf(expectedColumn)
  const read = table.rows.map(({ cells }): RowAssertions => {
    const lists = cells.filter((value, at) => isList[at] === true && !isBlank(value))
    const found = [
      readExpectedCells(cells.filter((_, at) => isCell[at] === true)),
      ...lists.map(readAsserts),
    ]
    return {
      used: found.find(({ used }) => used !== null)?.used ?? null,
      lost: found.flatMap(({ lost }) => lost),
    }
  })
  const wanted = (cells: readonly Cell[], row: number): Cell => {
    const given = own === -1 ? null : (cells[own] ?? null)
    return isBlank(given) ? (read[row]?.used?.expected ?? null) : given
  }
  const isLeft = (_: unknown, at: number): boolean => isTaken[at] !== true && at !== own
  return {
    columns: [...columns.filter(isLeft), expectedColumn],
    rows: table.rows.map((row, at) => ({
      ...row,
      cells: [...row.cells.filter(isLeft), wanted(row.cells, at)],
    })),
    notices: [...table.notices, ...assertionNotes(read)],
  }
}
