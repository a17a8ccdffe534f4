import type { Block } from '../../../../shared/domain/page.ts'

export interface TextBlock {
  readonly kind: Block['kind']
  readonly text: string
  readonly level?: number
}

/** Collects the text of a stretch, and blocks as they come to their end. */
export interface BlockWriter {
  readonly blocks: readonly TextBlock[]
  /** Characters since the last block, cell or row. */
  readonly pending: number
  write(text: string): void
  /** Ends what is pending as a block of this kind; nothing happens if it is blank. */
  end(kind: Block['kind'], options?: { readonly level?: number; readonly marker?: string }): boolean

  openTable(): void
  closeTable(): void
  openRow(): void
  closeRow(): void
  closeCell(): void
  /** Whether a cell with data is open, as opposed to one that lays out a page. */
  readonly inCell: boolean
  /** Stops reading the open rows as data: their content is read as paragraphs. */
  dissolveRows(): void
  /** Forgets what is pending. */
  discard(): void
}

/** A cell with more text than this is no datum; its paragraphs are read as such. */
export const longestDatum = 400

interface Row {
  readonly cells: string[]
  /** How deep its table is nested. */
  readonly table: number
  isData: boolean
}

export function createBlockWriter(): BlockWriter {
  const blocks: TextBlock[] = []
  const rows: Row[] = []
  /** The first so many rows are dissolved already. */
  let dissolved = 0
  let parts: string[] = []
  let pending = 0
  let table = 0

  function take(): string {
    const text = parts.join('')
    parts = []
    pending = 0
    return text
  }

  function closeCell(): void {
    const row = rows.at(-1)
    if (row?.isData === true) row.cells.push(oneLine(take()))
    else endParagraph()
  }

  function endParagraph(): void {
    const text = tidy(take())
    if (text !== '') blocks.push({ kind: 'paragraph', text })
  }

  function closeRow(): void {
    if (rows.at(-1)?.table !== table) return
    if (pending > 0) closeCell()
    const cells = rows.pop()?.cells ?? []
    dissolved = Math.min(dissolved, rows.length)
    while (cells.at(-1) === '') cells.pop()
    if (cells.length > 0) blocks.push({ kind: 'table-row', text: cells.join(' | ') })
  }

  return {
    blocks,
    get pending() {
      return pending
    },
    get inCell() {
      return rows.at(-1)?.isData === true
    },
    write(text) {
      parts.push(text)
      pending += text.length
    },
    end(kind, { level, marker = '' } = {}) {
      const raw = take()
      const text = kind === 'code' ? raw : kind === 'heading' ? oneLine(raw) : tidy(raw)
      if (text.trim() === '') return false
      blocks.push({ kind, text: marker + text, ...(level === undefined ? {} : { level }) })
      return true
    },
    openTable() {
      table += 1
    },
    closeTable() {
      closeRow()
      table = Math.max(0, table - 1)
    },
    openRow() {
      closeRow()
      rows.push({ cells: [], table, isData: true })
    },
    closeRow,
    closeCell,
    dissolveRows() {
      for (const row of rows.slice(dissolved)) {
        for (const text of row.cells.splice(0)) {
          if (text !== '') blocks.push({ kind: 'paragraph', text })
        }
        row.isData = false
      }
      dissolved = rows.length
    },
    discard() {
      take()
    },
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** One blank between words, none at the ends of a line. */
function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim()
}
