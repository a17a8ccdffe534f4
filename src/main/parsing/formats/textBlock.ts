import type { Block } from '../../../shared/domain/page.ts'
import type { TableText } from '../grid/tableText.ts'

/** A block of a document before it has its place on a page. */
export interface TextBlock {
  readonly kind: Block['kind']
  readonly text: string
  readonly level?: number
  /** Of a row of a table that was read as one. */
  readonly row?: TableRow
}

export interface TableRow {
  /** As `Block` has them. */
  readonly cells: readonly number[]
  readonly isHeading: boolean
  /** Of the first row of a table: what its columns are called, empty without headings. */
  readonly columns: readonly string[] | null
}

/** The rows of a table that have text. */
export function* tableBlocks({ columns, headings, rows }: TableText): Generator<TextBlock> {
  let at = -1
  let isFirst = true
  for (const { text, cells } of rows) {
    at += 1
    if (text === '') continue
    const row = { cells, isHeading: at < headings, columns: isFirst ? columns : null }
    isFirst = false
    yield { kind: 'table-row', text, row }
  }
}
