/** Rows that a heading and a column are judged by: the first ones speak for the rest. */
export const rowsLooked = 200
/** Share of a column's filled cells that must be values for it to be a column of values. */
export const mostlyValues = 0.7

type Cells = readonly string[]

export function countFilled(row: Cells): number {
  let filled = 0
  for (const cell of row) if (cell !== '') filled += 1
  return filled
}

/** The first cell with text; blank if there is none. */
export function firstFilled(row: Cells): string {
  return row.find((cell) => cell !== '') ?? ''
}

/** Whether two rows of a region have the same cells, as headings have that are printed again. */
export function isSameRow(row: Cells, other: Cells): boolean {
  return row.length === other.length && row.every((cell, column) => cell === other[column])
}
