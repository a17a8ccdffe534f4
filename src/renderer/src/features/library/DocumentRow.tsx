import { memo, type MouseEvent, type RefObject } from 'react'
import type { DocumentHit, PageProgress } from '../../../../shared/contract/documents.ts'
import { numberedPlace, pageWord } from '../../../../shared/domain/documentPlace.ts'
import { readingNote, type LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import { classNames } from '../../ui/classNames.ts'
import { formatDate } from '../../ui/format.ts'
import { figureOrDash, kindOf } from './libraryWords.ts'
import { StateTag } from './StateTag.tsx'
import './DocumentRow.css'

export interface RowHandlers {
  readonly onClick: (id: string, event: MouseEvent) => void
  readonly onOpen: (id: string) => void
}

export interface DocumentRowProps {
  readonly document: LibraryDocument
  /** Told from other documents of its name. */
  readonly name: string
  /** Names of its collections, joined. */
  readonly collections: string
  /** The page being read, if it is of this document. */
  readonly reading: PageProgress | null
  /** The sentence found in its text, if it is listed for that. */
  readonly hit: DocumentHit | undefined
  readonly index: number
  /** Pixels from the top of the list. */
  readonly top: number
  readonly selected: boolean
  /** Whether this is the active row of the keyboard. */
  readonly lead: boolean
  readonly handlers: RefObject<RowHandlers>
}

export function rowId(documentId: string): string {
  return `document-${documentId}`
}

/** Memoised, so that a row only renders again when its document, position or selection changes. */
export const DocumentRow = memo(function DocumentRow(props: DocumentRowProps) {
  const { document, name, collections, reading, hit, index, top, selected, lead, handlers } = props
  const known = document.contentId !== null
  return (
    <div
      role="row"
      id={rowId(document.id)}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classNames(
        'library-row',
        selected && 'is-selected',
        lead && 'is-lead',
        hit !== undefined && 'has-hit',
      )}
      style={{ transform: `translateY(${String(top)}px)` }}
      onClick={(event) => handlers.current.onClick(document.id, event)}
      onDoubleClick={() => handlers.current.onOpen(document.id)}
    >
      <div role="gridcell" className="library-cell is-name" title={name}>
        <span className="cut">{name}</span>
        {hit !== undefined && <span className="library-hit cut">{hitWords(document, hit)}</span>}
      </div>
      <div role="gridcell" className="library-cell is-kind">
        {kindOf(document)}
      </div>
      <div role="gridcell" className="library-cell is-end">
        {figureOrDash(document.pages, document.pages > 0 && pageWord(document.format) !== null)}
      </div>
      <div role="gridcell" className="library-cell is-end">
        {figureOrDash(document.chunks, known)}
      </div>
      <div role="gridcell" className="library-cell" title={readingNote(document) ?? undefined}>
        <StateTag document={document} reading={reading} />
      </div>
      <div role="gridcell" className="library-cell is-collection" title={collections}>
        {collections === '' ? '–' : collections}
      </div>
      <div role="gridcell" className="library-cell is-imported">
        {formatDate(document.importedAt)}
      </div>
    </div>
  )
})

function hitWords(document: LibraryDocument, { page, quote }: DocumentHit): string {
  const words = quote.replace(/\s+/gu, ' ').trim()
  return document.pages > 1 ? `${numberedPlace(document, page)}: ${words}` : words
}
