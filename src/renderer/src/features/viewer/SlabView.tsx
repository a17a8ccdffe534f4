import { Fragment, memo, type ReactNode } from 'react'
import { classNames } from '../../ui/classNames.ts'
import { MarkedText } from './MarkedText.tsx'
import type { Layered } from './segments.ts'
import type { Piece, Slab } from './slabs.ts'
import './SlabView.css'

export interface SlabViewProps {
  readonly slab: Slab
  readonly text: string
  readonly marks: readonly Layered[]
}

/** A table with more columns is shown as lines: its cells would be too narrow. */
const mostColumns = 6

/** A part of a page: its blocks as elements, all characters as text. */
export const SlabView = memo(function SlabView({ slab, text, marks }: SlabViewProps) {
  return groupsOf(slab.pieces).map((group) => {
    const [head] = group
    if (head === undefined) return null
    if (head.kind === 'table-row') {
      return <Rows key={head.start} pieces={group} text={text} marks={marks} />
    }
    return (
      <BlockView key={head.start} piece={head}>
        <MarkedText text={text} range={head} marks={marks} />
      </BlockView>
    )
  })
})

/** Groups consecutive rows into tables; every other piece is its own group. */
function groupsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const groups: Piece[][] = []
  let table: Piece[] | null = null
  pieces.forEach((piece, index) => {
    const between = piece.kind === 'gap' && pieces[index + 1]?.kind === 'table-row'
    if (table !== null && (piece.kind === 'table-row' || between)) {
      table.push(piece)
      return
    }
    table = piece.kind === 'table-row' ? [piece] : null
    groups.push(table ?? [piece])
  })
  return groups
}

function BlockView({ piece, children }: { readonly piece: Piece; readonly children: ReactNode }) {
  switch (piece.kind) {
    case 'gap':
      return <Fragment>{children}</Fragment>
    case 'heading':
      // All headings have one level: a page may start anywhere in the hierarchy, and skipped levels
      // mislead screen readers.
      return (
        <h3 className={classNames('viewer-heading', `is-level-${String(piece.level || 1)}`)}>
          {children}
        </h3>
      )
    case 'list-item':
      return <p className="viewer-item">{children}</p>
    case 'code':
      return (
        <pre className="viewer-code">
          <code>{children}</code>
        </pre>
      )
    case 'quote':
      return <blockquote className="viewer-quote">{children}</blockquote>
    case 'paragraph':
    case 'table-row':
      return <p>{children}</p>
  }
}

interface Cell {
  readonly start: number
  readonly end: number
  /**
   * End of the bar after it, or of the text between two rows: kept, so that no character is lost.
   */
  readonly tail: number
}

function Rows({
  pieces,
  text,
  marks,
}: {
  readonly pieces: readonly Piece[]
  readonly text: string
  readonly marks: readonly Layered[]
}) {
  const rows = pieces.flatMap((piece, index) => {
    if (piece.kind === 'gap') return []
    const next = pieces[index + 1]
    const tail = next?.kind === 'gap' ? next.end : piece.end
    return [{ key: piece.start, cells: cellsOf(text, piece, tail) }]
  })
  const columns = Math.max(...rows.map(({ cells }) => cells.length))
  const show = (start: number, end: number): ReactNode => (
    <MarkedText text={text} range={{ start, end }} marks={marks} />
  )
  if (columns > mostColumns || columns < 2) {
    return rows.map(({ key, cells }) => (
      <p key={key} className="viewer-line">
        {show(key, cells.at(-1)?.tail ?? key)}
      </p>
    ))
  }
  return (
    <table className="viewer-table">
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, index) => (
              <td
                key={cell.start}
                colSpan={index === cells.length - 1 ? columns - index : undefined}
              >
                {show(cell.start, cell.end)}
                <span className="viewer-bar">{show(cell.end, cell.tail)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const bar = ' | '

function cellsOf(text: string, row: Piece, tail: number): readonly Cell[] {
  const cells: Cell[] = []
  let start = row.start
  // An empty first cell has lost the space before its bar.
  if (text.slice(row.start, row.end).startsWith('| ')) {
    cells.push({ start, end: start, tail: start + 2 })
    start += 2
  }
  for (;;) {
    const at = text.indexOf(bar, start)
    if (at === -1 || at + bar.length > row.end) break
    cells.push({ start, end: at, tail: at + bar.length })
    start = at + bar.length
  }
  // An empty last cell has lost the space after its bar.
  const endsInBar = text.slice(start, row.end).endsWith(' |')
  cells.push({ start, end: endsInBar ? row.end - 2 : row.end, tail })
  return cells
}
