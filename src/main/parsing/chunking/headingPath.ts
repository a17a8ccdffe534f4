import { oneLine } from '../../../shared/domain/oneLine.ts'
import {
  longestHeading,
  type Block,
  type Page,
  type TextRange,
} from '../../../shared/domain/page.ts'

/** A heading, or the first row of a table, which applies to the text below it. */
export interface Heading extends TextRange {
  readonly page: number
  readonly level: number
  readonly text: string
}

/** Follows the headings through a document, over page ends. */
export interface HeadingPath {
  /** Takes note of a block. @returns the headings above it, itself included if it is one. */
  enter(page: Page, block: Block): readonly Heading[]
}

/** Deeper than any heading: every heading ends the scope of a table's head. */
const tableLevel = 7

export function createHeadingPath(): HeadingPath {
  let path: readonly Heading[] = []
  let inTable = false
  let tables: TableHeads = { page: null, heads: new Map() }

  return {
    enter(page, block) {
      if (tables.page !== page) tables = tableHeads(page)
      const isRow = block.kind === 'table-row'
      const head = tables.heads.get(block.start)
      const startsTable = isRow && (head !== undefined || !inTable)
      const leavesTable = !isRow && inTable
      inTable = isRow
      if (leavesTable) path = path.filter(({ level }) => level < tableLevel)
      if (block.kind !== 'heading' && !startsTable) return path
      const own = oneLine(page.text.slice(block.start, block.end))
      const text = head ?? own
      const level = startsTable ? tableLevel : (block.level ?? 1)
      path = path.filter((heading) => heading.level < level)
      // A row that names its own values needs no head above it.
      const isUseful = !startsTable || text.includes(' | ')
      if (text.length <= longestHeading && isUseful) {
        path = [...path, { page: page.page, start: block.start, end: block.end, level, text }]
      }
      return path
    },
  }
}

/** Of a page: where its tables start, and what is above the rows of each; blank where nothing is. */
interface TableHeads {
  readonly page: Page | null
  readonly heads: ReadonlyMap<number, string>
}

function tableHeads(page: Page): TableHeads {
  const heads = new Map<number, string>()
  for (const { from, columns, headings } of page.tables ?? []) {
    const first = page.blocks[from]
    if (first === undefined) continue
    const row = page.text.slice(first.start, first.end)
    // Without headings the first row may still be one, unless there is a figure in it.
    const mayBe = columns.length === 0 && !/\d/u.test(row)
    heads.set(first.start, headings > 0 ? columns.join(' | ') : mayBe ? row : '')
  }
  return { page, heads }
}

/**
 * The path as it is stored with a chunk; headings that are part of the chunk itself are left out.
 */
export function pathOutside(
  path: readonly Heading[],
  page: number,
  { start, end }: TextRange,
): string {
  return path
    .filter((heading) => heading.page !== page || heading.start < start || heading.start >= end)
    .map(({ text }) => text)
    .join(' › ')
}
