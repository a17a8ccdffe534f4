import { isRecord } from '../../../shared/domain/isRecord.ts'
import { tableOfObjects } from './jsonTable.ts'
import { plainRow } from './plainRow.ts'
import { isBlank, type Cell, type Table } from './table.ts'

/** Columns in which other tools, such as Langfuse, write whole objects as text. */
const names = ['input', 'inputs', 'expectedOutput', 'expected_output']

/** A table whose inputs are objects in JSON with their values as columns; any other table as it is. */
export function withJsonCells(table: Table): Table {
  const opened = table.columns.map((name, at) => names.includes(name) && hasObjects(table, at))
  if (!opened.includes(true)) return table
  const rows = table.rows.map(({ place, cells, problem }) => {
    const entries = table.columns.map((name, at): [string, Cell] => {
      const value = cells[at] ?? null
      return [name, opened[at] === true ? (objectIn(value) ?? value) : value]
    })
    const row = plainRow(Object.fromEntries(entries))
    return { place, object: row.object, problem: problem ?? row.problem }
  })
  return { ...tableOfObjects(rows), notices: table.notices }
}

/** All cells that aren't empty, so that a text that happens to be an object stays a text. */
function hasObjects({ rows }: Table, at: number): boolean {
  const filled = rows.flatMap(({ cells }) => (isBlank(cells[at]) ? [] : [cells[at] ?? null]))
  return filled.length > 0 && filled.every((value) => objectIn(value) !== null)
}

function objectIn(value: Cell): Cell {
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return null
  try {
    const found = JSON.parse(value) as Cell
    return isRecord(found) ? found : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
