import type { Block, Page, Table } from '../../../shared/domain/page.ts'
import type { TableText } from '../grid/tableText.ts'
import { tableBlocks, type TextBlock } from './textBlock.ts'

export interface PageBuilder {
  /**
   * Appends a block. Its text is trimmed and made well formed; one without text is left out.
   *
   * @returns where the block starts in the page's text, or null if it was left out.
   */
  add(kind: Block['kind'], text: string, level?: number): number | null
  /** Appends blocks, rows with their cells and tables. */
  addBlocks(blocks: Iterable<TextBlock>): void
  /** Appends the rows of a table as blocks; one without rows is left out. */
  addTable(table: TableText): void
  build(page: number): Page
}

/** A table whose rows are still being added. */
type OpenTable = { -readonly [key in keyof Table]: Table[key] }

/** Kinds that belong close together: a list or a table reads as one. */
const tight: ReadonlySet<Block['kind']> = new Set(['list-item', 'table-row'])

/** Puts a page together from blocks; what it builds has exact, non-overlapping ranges. */
export function createPageBuilder(): PageBuilder {
  const parts: string[] = []
  const blocks: Block[] = []
  const tables: OpenTable[] = []
  let length = 0

  /** @returns where the text starts. */
  function append(text: string, isTight: boolean): number {
    if (blocks.length > 0) {
      const gap = isTight ? '\n' : '\n\n'
      parts.push(gap)
      length += gap.length
    }
    const start = length
    parts.push(text)
    length += text.length
    return start
  }

  function addRow({ text, row }: TextBlock): void {
    if (row === undefined) return
    const table = tables.at(-1)
    const from = blocks.length
    const isSame = row.columns === null && table?.to === from
    const start = append(cleanText(text), isSame)
    blocks.push({ kind: 'table-row', start, end: length, cells: row.cells })
    const headings = row.isHeading ? 1 : 0
    if (isSame) {
      table.to = blocks.length
      table.headings += headings
    } else
      tables.push({
        from,
        to: blocks.length,
        headings,
        columns: (row.columns ?? []).map(cleanText),
      })
  }

  function add(kind: Block['kind'], text: string, level?: number): number | null {
    const clean = kind === 'code' ? trimBlankLines(cleanText(text)) : cleanText(text).trim()
    if (clean.trim() === '') return null
    const start = append(clean, blocks.at(-1)?.kind === kind && tight.has(kind))
    blocks.push({ kind, start, end: length, ...(level === undefined ? {} : { level }) })
    return start
  }

  function addBlocks(more: Iterable<TextBlock>): void {
    for (const block of more) {
      if (block.row === undefined) add(block.kind, block.text, block.level)
      else addRow(block)
    }
  }

  return {
    add,
    addBlocks,
    addTable: (table) => addBlocks(tableBlocks(table)),
    build(page) {
      return { page, text: parts.join(''), blocks, ...(tables.length === 0 ? {} : { tables }) }
    },
  }
}

/** What `cleanText` replaces, and the surrogates of whole pairs: few texts have any. */
const unfit = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uD800-\uDFFF]/

/**
 * Makes text fit to be stored, without changing its length: replaces lone surrogates and control
 * characters, which can't be read or searched for.
 */
export function cleanText(text: string): string {
  if (!unfit.test(text)) return text
  return text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, ' ')
}

function trimBlankLines(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd()
}
