import type { Piece } from './slabs.ts'

/** A cell in a page's text. */
export interface Cell {
  /** From 0. */
  readonly column: number
  /** Where the text before it begins that belongs to no other cell: the name of its column. */
  readonly from: number
  readonly start: number
  readonly end: number
  /** End of the bar after it, or of the text between two rows: kept, so that no character is lost. */
  readonly tail: number
}

/**
 * The cells of a row as they were stored.
 *
 * @param end of the text that belongs to the row.
 */
export function rowCells(piece: Piece, end: number): readonly Cell[] {
  const numbers = piece.row?.cells ?? []
  const cells: Cell[] = []
  let from = piece.start
  for (let at = 0; at + 2 < numbers.length; at += 3) {
    const [column = 0, start = 0, length = 0] = numbers.slice(at, at + 3)
    // A blank first column is an empty cell: the ones after it keep their place.
    if (at === 0 && column > 0) cells.push({ column: 0, from, start: from, end: from, tail: from })
    const isLast = at + 3 >= numbers.length
    cells.push({ column, from, start, end: start + length, tail: isLast ? end : start + length })
    from = start + length
  }
  return cells.length > 0 ? cells : [{ column: 0, from, start: from, end: piece.end, tail: end }]
}

const bar = ' | '

/** The cells of a row in a text that was read by an earlier version, which stored no cells. */
export function splitAtBars(text: string, row: Piece, tail: number): readonly Cell[] {
  const cells: Cell[] = []
  const add = (start: number, end: number, last: number): void => {
    cells.push({ column: cells.length, from: start, start, end, tail: last })
  }
  let start = row.start
  // An empty first cell has lost the space before its bar.
  if (text.slice(row.start, row.end).startsWith('| ')) {
    add(start, start, start + 2)
    start += 2
  }
  for (;;) {
    const at = text.indexOf(bar, start)
    if (at === -1 || at + bar.length > row.end) break
    add(start, at, at + bar.length)
    start = at + bar.length
  }
  // An empty last cell has lost the space after its bar.
  const endsInBar = text.slice(start, row.end).endsWith(' |')
  add(start, endsInBar ? row.end - 2 : row.end, tail)
  return cells
}
