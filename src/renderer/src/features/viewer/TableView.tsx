import type { ReactNode } from 'react'
import { classNames } from '../../ui/classNames.ts'
import { MarkedText } from './MarkedText.tsx'
import type { Layered } from './segments.ts'
import type { Piece } from './slabs.ts'
import { rowCells, splitAtBars, type Cell } from './tableCells.ts'
import './TableView.css'

/** A table with more columns is shown as lines: its cells would be too narrow. */
const mostColumns = 12
const mostGuessedColumns = 6

interface TableViewProps {
  /** Rows of one table, and the gaps between them. */
  readonly pieces: readonly Piece[]
  readonly text: string
  readonly marks: readonly Layered[]
}

interface Row {
  readonly piece: Piece
  /** End of the text between this row and the next one. */
  readonly end: number
  readonly cells: readonly Cell[]
}

/**
 * Rows as a table, all characters of the text included: what is between cells is there, but takes
 * no room. The names of columns that are part of every row are shown once, above the table.
 */
export function TableView({ pieces, text, marks }: TableViewProps) {
  const rows = pieces.flatMap((piece, index): readonly Row[] => {
    if (piece.kind === 'gap') return []
    const next = pieces[index + 1]
    const end = next?.kind === 'gap' ? next.end : piece.end
    const cells = piece.row === undefined ? splitAtBars(text, piece, end) : rowCells(piece, end)
    return [{ piece, end, cells }]
  })
  const [first] = rows
  if (first === undefined) return null
  const names = first.piece.row?.columns ?? []
  const used = rows.map(({ cells }) => (cells.at(-1)?.column ?? 0) + 1)
  const columns = Math.max(names.length, ...used)
  const most = first.piece.row === undefined ? mostGuessedColumns : mostColumns
  const show = (start: number, end: number): ReactNode => (
    <MarkedText text={text} range={{ start, end }} marks={marks} />
  )
  if (columns > most || columns < 2) {
    return rows.map(({ piece, end }) => (
      <p key={piece.start} className="viewer-line">
        {show(piece.start, end)}
      </p>
    ))
  }
  // The stored text has headings of its own where the rows don't repeat them.
  const isNamed = names.length > 0 && !first.piece.row?.isHeading
  return (
    <div className="viewer-table-frame">
      <table className="viewer-table">
        {isNamed && <ColumnNames names={names} />}
        <tbody>
          {rows.map((row) => (
            <RowView key={row.piece.start} row={row} columns={columns} marks={marks} show={show} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Drawn by the stylesheet: they are no part of the page's text. */
function ColumnNames({ names }: { readonly names: readonly string[] }) {
  return (
    <thead>
      <tr>
        {names.map((name, column) => (
          <th
            key={column}
            scope="col"
            aria-label={name === '' ? undefined : name}
            data-name={name}
          />
        ))}
      </tr>
    </thead>
  )
}

interface RowViewProps {
  readonly row: Row
  readonly columns: number
  readonly marks: readonly Layered[]
  readonly show: (start: number, end: number) => ReactNode
}

function RowView({ row: { piece, cells }, columns, marks, show }: RowViewProps) {
  const isCited = marks.some(
    ({ layer, start, end }) => layer === 'highlight' && start < piece.end && end > piece.start,
  )
  const Tag = piece.row?.isHeading === true ? 'th' : 'td'
  return (
    <tr className={classNames(isCited && 'is-cited')}>
      {cells.map((cell, index) => {
        const next = cells[index + 1]?.column ?? columns
        return (
          <Tag
            key={cell.column}
            colSpan={next - cell.column}
            scope={Tag === 'th' ? 'col' : undefined}
          >
            {cell.from < cell.start && (
              <span className="viewer-bar">{show(cell.from, cell.start)}</span>
            )}
            {show(cell.start, cell.end)}
            <span className="viewer-bar">{show(cell.end, cell.tail)}</span>
          </Tag>
        )
      })}
    </tr>
  )
}
