import { Fragment, memo, type ReactNode } from 'react'
import { classNames } from '../../ui/classNames.ts'
import { MarkedText } from './MarkedText.tsx'
import type { Layered } from './segments.ts'
import type { Piece, Slab } from './slabs.ts'
import { TableView } from './TableView.tsx'
import './SlabView.css'

export interface SlabViewProps {
  readonly slab: Slab
  readonly text: string
  readonly marks: readonly Layered[]
}

/** A part of a page: its blocks as elements, all characters as text. */
export const SlabView = memo(function SlabView({ slab, text, marks }: SlabViewProps) {
  return groupsOf(slab.pieces).map((group) => {
    const [head] = group
    if (head === undefined) return null
    if (head.kind === 'table-row') {
      return <TableView key={head.start} pieces={group} text={text} marks={marks} />
    }
    return (
      <BlockView key={head.start} piece={head}>
        <MarkedText text={text} range={head} marks={marks} />
      </BlockView>
    )
  })
})

/** Groups the rows of a table; every other piece is its own group. */
function groupsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const groups: Piece[][] = []
  let table: Piece[] | null = null
  pieces.forEach((piece, index) => {
    const next = pieces[index + 1]
    const between = piece.kind === 'gap' && next?.kind === 'table-row'
    if (
      table !== null &&
      (continuesTable(table, piece) || (between && continuesTable(table, next)))
    ) {
      table.push(piece)
      return
    }
    table = piece.kind === 'table-row' ? [piece] : null
    groups.push(table ?? [piece])
  })
  return groups
}

function continuesTable([first]: readonly Piece[], piece: Piece): boolean {
  return piece.kind === 'table-row' && piece.row?.table === first?.row?.table
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
