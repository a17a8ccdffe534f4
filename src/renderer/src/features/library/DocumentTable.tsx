import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react'
import type { PageProgress } from '../../../../shared/contract/documents.ts'
import type { LibraryDocument } from '../../../../shared/domain/libraryDocument.ts'
import { classNames } from '../../ui/classNames.ts'
import { DocumentRow, rowId } from './DocumentRow.tsx'
import type { ColumnId, Sort } from './libraryRows.ts'
import type { TextHits } from './textHits.ts'
import { moveBy, select, selectAll, type Selection } from './selection.ts'
import './DocumentRow.css'
import './DocumentTable.css'

export interface DocumentTableProps {
  readonly rows: readonly LibraryDocument[]
  readonly hits: TextHits
  readonly reading: PageProgress | null
  /** Ids of `rows`, in order. */
  readonly order: readonly string[]
  /** Names of the documents by id, each told from the others. */
  readonly documentNames: ReadonlyMap<string, string>
  readonly collectionNames: ReadonlyMap<string, string>
  readonly selection: Selection
  readonly onSelection: (selection: Selection) => void
  /** null if the rows aren't sorted by a column. */
  readonly sort: Sort | null
  readonly onSort: (sort: Sort) => void
  readonly onOpen: (id: string) => void
  readonly onRemove: () => void
}

const plainRowHeight = 38
/** Height in pixels with a found sentence. */
const hitRowHeight = 58

const columns: readonly { readonly id: ColumnId; readonly header: string; readonly end?: true }[] =
  [
    { id: 'name', header: 'Name' },
    { id: 'kind', header: 'Kind' },
    { id: 'pages', header: 'Pages', end: true },
    { id: 'passages', header: 'Passages', end: true },
    { id: 'state', header: 'State' },
    { id: 'collection', header: 'Collection' },
    { id: 'imported', header: 'Imported' },
  ]

/**
 * The documents as an ARIA grid. The grid itself has the focus and names the active row, so that
 * the focus isn't lost when a row is scrolled out of the DOM.
 */
export function DocumentTable(props: DocumentTableProps) {
  const { rows, hits, reading, order, selection, onSelection, onOpen } = props
  const { documentNames, collectionNames } = props
  const hasHits = hits.matches.size > 0
  const rowHeight = hasHits ? hitRowHeight : plainRowHeight
  const scroller = useRef<HTMLDivElement | null>(null)
  // The active row is referred to by `aria-activedescendant`, so it must stay in the DOM.
  const leadIndex = selection.lead === null ? -1 : order.indexOf(selection.lead)
  const withLead = (range: Range): number[] => {
    const seen = defaultRangeExtractor(range)
    return leadIndex < 0 || seen.includes(leadIndex) ? seen : [...seen, leadIndex]
  }
  // eslint-disable-next-line react-hooks/incompatible-library -- its methods are called while rendering and in handlers only
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    rangeExtractor: withLead,
    scrollPaddingStart: plainRowHeight,
  })
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight])

  const items = virtualizer.getVirtualItems()
  useEffect(() => {
    if (hasHits) hits.show(items.flatMap(({ index }) => order[index] ?? []))
  })

  // Rows are memoised, so their callbacks must not change with every selection.
  const latest = useRef({ order, selection, onSelection, onOpen })
  useEffect(() => {
    latest.current = { order, selection, onSelection, onOpen }
  })
  const handlers = useRef({
    onClick(id: string, event: MouseEvent) {
      const now = latest.current
      const modifiers = { range: event.shiftKey, toggle: event.ctrlKey || event.metaKey }
      now.onSelection(select(now.selection, now.order, id, modifiers))
    },
    onOpen(id: string) {
      latest.current.onOpen(id)
    },
  })

  function onKeyDown(event: KeyboardEvent): void {
    // Buttons in the header handle their own keys.
    if (event.target !== event.currentTarget) return
    const toggle = event.ctrlKey || event.metaKey
    if (toggle && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      onSelection(selectAll(selection, order))
      return
    }
    if (event.altKey || (toggle && event.key.length === 1 && event.key !== ' ')) return
    const { lead } = selection
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2)
    const target = moveBy(event.key, order, lead, page)
    if (target !== null) {
      event.preventDefault()
      // Ctrl moves without selecting, so that separate rows can be selected with Space.
      onSelection(
        toggle && !event.shiftKey
          ? { ...selection, lead: target }
          : select(selection, order, target, { range: event.shiftKey, toggle: false }),
      )
      virtualizer.scrollToIndex(order.indexOf(target))
    } else if (event.key === ' ' && lead !== null) {
      event.preventDefault()
      onSelection(select(selection, order, lead, { range: event.shiftKey, toggle: true }))
    } else if (event.key === 'Enter' && lead !== null) {
      event.preventDefault()
      onOpen(lead)
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      props.onRemove()
    } else if (event.key === 'Escape' && selection.ids.size > 0) {
      event.preventDefault()
      onSelection({ ids: new Set(), anchor: null, lead })
    }
  }

  return (
    <div
      ref={scroller}
      className={classNames('library-table', hasHits && 'has-hits')}
      role="grid"
      aria-label="Documents"
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable
      aria-activedescendant={selection.lead === null ? undefined : rowId(selection.lead)}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className="library-head">
        <div role="row" aria-rowindex={1} className="library-row">
          {columns.map((column) => (
            <HeaderCell key={column.id} {...column} sort={props.sort} onSort={props.onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className="library-rows" style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const document = rows[index]
          if (document === undefined) return null
          return (
            <DocumentRow
              key={document.id}
              document={document}
              name={documentNames.get(document.id) ?? document.name}
              collections={namesOf(document, collectionNames)}
              reading={reading?.document === document.id ? reading : null}
              hit={hits.matches.has(document.id) ? hits.quotes.get(document.id) : undefined}
              index={index}
              top={start}
              selected={selection.ids.has(document.id)}
              lead={selection.lead === document.id}
              handlers={handlers}
            />
          )
        })}
      </div>
    </div>
  )
}

function namesOf(
  { collections }: LibraryDocument,
  collectionNames: ReadonlyMap<string, string>,
): string {
  return collections.flatMap((id) => collectionNames.get(id) ?? []).join(', ')
}

interface HeaderCellProps {
  readonly id: ColumnId
  readonly header: string
  readonly end?: true
  readonly sort: Sort | null
  readonly onSort: (sort: Sort) => void
}

function HeaderCell({ id, header, end, sort, onSort }: HeaderCellProps) {
  const sorted = sort?.column === id
  return (
    <div
      role="columnheader"
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'}
      className={classNames('library-cell', `is-${id}`, end && 'is-end')}
    >
      <button
        type="button"
        className="library-sort"
        onClick={() => onSort({ column: id, descending: sorted && !sort.descending })}
      >
        {header}
        {sorted && (sort.descending ? <ArrowDown aria-hidden /> : <ArrowUp aria-hidden />)}
      </button>
    </div>
  )
}
