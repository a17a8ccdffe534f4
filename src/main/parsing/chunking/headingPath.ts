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

  return {
    enter(page, block) {
      const startsTable = block.kind === 'table-row' && !inTable
      const leavesTable = block.kind !== 'table-row' && inTable
      inTable = block.kind === 'table-row'
      if (leavesTable) path = path.filter(({ level }) => level < tableLevel)
      if (block.kind !== 'heading' && !startsTable) return path
      const text = page.text.slice(block.start, block.end).replace(/\s+/g, ' ').trim()
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
