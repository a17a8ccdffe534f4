import type { Line } from './line.ts'
import type { Paragraph } from './paragraphs.ts'

/** A cell of a row: a line, or several one below the other where its text is wrapped. */
export interface RowCell {
  readonly lines: readonly Pick<Line, 'text' | 'runs'>[]
  readonly left: number
  readonly right: number
  readonly font: string
}

export interface PdfRow {
  readonly cells: readonly RowCell[]
  readonly size: number
}

/** Rows that follow one another, or a paragraph that is not part of a table. */
export type PagePart =
  | { readonly kind: 'rows'; readonly rows: readonly PdfRow[] }
  | { readonly kind: 'paragraph'; readonly paragraph: Paragraph }

/** Rows of a table are at most this far apart, in units of their size. */
const farthest = 4
/** Lines of a wrapped cell are this close, and closer than the next row by this factor. */
const wrapped = 1.45
const nearer = 1.2

/** Puts rows that follow one another together, with the lines that are wrapped within their cells. */
export function toParts(paragraphs: readonly Paragraph[]): readonly PagePart[] {
  const parts: PagePart[] = []
  let open: PdfRow[] = []
  let last: Line | undefined
  const close = (): void => {
    if (open.length > 0) parts.push({ kind: 'rows', rows: open })
    open = []
  }
  for (const [index, paragraph] of paragraphs.entries()) {
    const [first] = paragraph.lines
    const below = paragraphs[index + 1]
    const row = open.at(-1)
    const isNear = first !== undefined && last !== undefined && follows(last, first)
    if (
      row !== undefined &&
      last !== undefined &&
      isNear &&
      isWrapped(row, last, paragraph, below)
    ) {
      open[open.length - 1] = withLines(row, paragraph.lines)
    } else if (paragraph.kind === 'table-row' && first !== undefined) {
      if (!isNear) close()
      open.push(toRow(first))
    } else {
      close()
      parts.push({ kind: 'paragraph', paragraph })
    }
    last = paragraph.lines.at(-1)
  }
  close()
  return parts
}

function follows(last: Line, line: Line): boolean {
  const gap = line.baseline - last.baseline
  return last.turns === line.turns && gap > 0 && gap < Math.max(last.size, line.size) * farthest
}

function toRow(line: Line): PdfRow {
  const cells = line.cells.map(({ start, end, left, right, font }): RowCell => {
    const runs = line.runs
      .filter((run) => run.start >= start && run.start < end)
      .map((run) => ({ ...run, start: run.start - start, end: Math.min(run.end, end) - start }))
    return { lines: [{ text: line.text.slice(start, end), runs }], left, right, font }
  })
  return { cells, size: line.size }
}

/**
 * Whether lines below a row continue its cells: each begins where one does, and they are nearer to the row
 * than what follows.
 */
function isWrapped(
  row: PdfRow,
  last: Line,
  { kind, lines }: Paragraph,
  below: Paragraph | undefined,
): boolean {
  const [first] = lines
  const next = below?.lines[0]
  if (first === undefined || kind === 'heading' || below?.kind !== 'table-row') return false
  if (next === undefined) return false
  const gap = first.baseline - last.baseline
  const nextGap = next.baseline - (lines.at(-1)?.baseline ?? 0)
  if (gap > first.size * wrapped || nextGap < gap * nearer) return false
  return lines.every((line) =>
    toRow(line).cells.every((cell) => {
      const above = cellAbove(row, cell)
      return above > 0 || (above === 0 && continuesCell(cell))
    }),
  )
}

/** In the first column a line may be a label of the rows below, unless it can't begin one. */
function continuesCell({ lines }: RowCell): boolean {
  return /^\p{Ll}{2}/u.test(lines[0]?.text ?? '')
}

/** The cell of a row that begins where another does; -1 for none. */
function cellAbove({ cells, size }: PdfRow, { left }: RowCell): number {
  return cells.findIndex((cell) => Math.abs(cell.left - left) < size * 0.5)
}

function withLines(row: PdfRow, lines: readonly Line[]): PdfRow {
  return lines.reduce((whole, line) => {
    const cells = [...whole.cells]
    for (const more of toRow(line).cells) {
      const at = cellAbove(whole, more)
      const cell = cells[at]
      if (cell === undefined) continue
      const right = Math.max(cell.right, more.right)
      cells[at] = { ...cell, right, lines: [...cell.lines, ...more.lines] }
    }
    return { ...whole, cells }
  }, row)
}
