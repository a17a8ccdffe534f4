import type { Block, Page, TextRange } from '../../../../shared/domain/page.ts'

/** A block, or the text between two blocks. */
export interface Piece extends TextRange {
  /** `gap` is the white space between blocks; it is kept so that no character is lost. */
  readonly kind: Block['kind'] | 'gap'
  readonly level: number
  /** Of a table row whose cells are known. */
  readonly row?: TableRow
}

export interface TableRow {
  /** Three numbers a cell: its column, where it starts in the page's text, and its length. */
  readonly cells: readonly number[]
  /** Which table of the page it belongs to, from 0. */
  readonly table: number
  readonly isHeading: boolean
  /** What the columns are called; empty if the table has no headings. */
  readonly columns: readonly string[]
}

/** A part of a page that is rendered as one item. */
export interface Slab {
  readonly page: number
  /** Whether it is the first or last of its page. */
  readonly first: boolean
  readonly last: boolean
  /** In order and contiguous: together the slabs of a page contain each of its characters once. */
  readonly pieces: readonly Piece[]
}

/** Target length of a slab in characters. A file without pages is one page, which may be long. */
const slabLength = 4_000

/** Splits a page into slabs at its blocks; a block that is too long is split itself. */
export function cutIntoSlabs(page: Page): readonly Slab[] {
  const groups: Piece[][] = [[]]
  let length = 0
  for (const piece of piecesOf(page)) {
    for (const part of shorten(piece)) {
      const size = part.end - part.start
      if (length + size > slabLength && length > 0 && part.kind !== 'gap') {
        groups.push([])
        length = 0
      }
      groups.at(-1)?.push(part)
      length += size
    }
  }
  return groups.map((pieces, index) => ({
    page: page.page,
    first: index === 0,
    last: index === groups.length - 1,
    pieces,
  }))
}

function piecesOf(page: Page): readonly Piece[] {
  const { text, blocks } = page
  const rows = rowsOf(page)
  const pieces: Piece[] = []
  let at = 0
  const fill = (to: number): void => {
    if (to <= at) return
    const blank = text.slice(at, to).trim() === ''
    pieces.push({ kind: blank ? 'gap' : 'paragraph', level: 0, start: at, end: to })
    at = to
  }
  for (const [index, block] of blocks.entries()) {
    const end = Math.min(block.end, text.length)
    if (block.start < at || block.start >= end) continue
    fill(block.start)
    const row = rows.get(index)
    pieces.push({
      ...{ kind: block.kind, level: block.level ?? 0, start: block.start, end },
      ...(row === undefined ? {} : { row }),
    })
    at = end
  }
  fill(text.length)
  return pieces
}

/** The rows of a page's tables by the index of their block. */
function rowsOf({ blocks, tables = [] }: Page): ReadonlyMap<number, TableRow> {
  const rows = new Map<number, TableRow>()
  for (const [table, { from, to, columns, headings }] of tables.entries()) {
    for (let at = from; at < to; at += 1) {
      const { start, cells } = blocks[at] ?? { start: 0 }
      if (cells === undefined) continue
      const onPage = cells.map((value, index) => (index % 3 === 1 ? value + start : value))
      rows.set(at, { cells: onPage, table, isHeading: at < from + headings, columns })
    }
  }
  return rows
}

function* shorten(piece: Piece): Generator<Piece> {
  if (piece.end - piece.start <= slabLength) {
    yield piece
    return
  }
  const { row: _row, ...line } = piece
  for (let start = piece.start; start < piece.end; start += slabLength) {
    yield { ...line, start, end: Math.min(start + slabLength, piece.end) }
  }
}

/** Index of the slab that contains a position of a page's text. */
export function slabAt(slabs: readonly Slab[], page: number, position: number): number {
  const onPage = (slab: Slab): boolean => slab.page === page
  const found = slabs.findIndex((slab) => onPage(slab) && (slab.pieces.at(-1)?.end ?? 0) > position)
  return found === -1 ? slabs.findLastIndex(onPage) : found
}
