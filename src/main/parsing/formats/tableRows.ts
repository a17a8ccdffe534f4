import type { PageBuilder } from './pageBuilder.ts'

export interface TableRows {
  add(cells: readonly string[]): void
  /** Must be called after the last row. */
  end(): void
}

/**
 * Writes a table as text. Under a row of headings each row is written as `Room: Gull; Price: 90`,
 * so that it makes sense wherever it is quoted; without one as `Gull | 90`.
 */
export function createTableRows(builder: PageBuilder): TableRows {
  let header: readonly string[] | undefined
  let first: readonly string[] | undefined
  let rows = 0
  const write = (cells: readonly string[]): void => {
    rows += 1
    builder.add('table-row', header === undefined ? plain(cells) : named(header, cells))
  }
  return {
    add(raw) {
      const cells = raw.map((cell) => cell.replace(/\s+/g, ' ').trim())
      if (first !== undefined) {
        write(cells)
        return
      }
      // A title, alone in its row, precedes the table.
      if (cells.length > 1 && cells.filter((cell) => cell !== '').length === 1) {
        write(cells)
        return
      }
      first = cells
      if (isHeader(cells)) header = cells
      else write(cells)
    },
    end() {
      // A table of nothing but headings still has words.
      if (rows === 0 && first !== undefined) builder.add('table-row', plain(first))
    },
  }
}

function plain(cells: readonly string[]): string {
  const from = cells.findIndex((cell) => cell !== '')
  const to = cells.findLastIndex((cell) => cell !== '')
  return from < 0 ? '' : cells.slice(from, to + 1).join(' | ')
}

/** Headings are words, all different, and not numbers. */
function isHeader(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '')
  return (
    cells.length > 1 &&
    filled.length > 1 &&
    new Set(filled).size === filled.length &&
    filled.every(
      (cell) => cell.length <= 80 && /\p{L}/u.test(cell) && !/^[-+\d.,\s%€$£]+$/.test(cell),
    )
  )
}

function named(header: readonly string[], cells: readonly string[]): string {
  const parts: string[] = []
  cells.forEach((cell, index) => {
    const name = header[index] ?? ''
    if (cell !== '') parts.push(name === '' ? cell : `${name}: ${cell}`)
  })
  return parts.join('; ')
}
