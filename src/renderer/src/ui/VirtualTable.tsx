import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import './VirtualTable.css'
import { classNames } from './classNames.ts'

export interface TableColumn<Row> {
  readonly id: string
  readonly header: ReactNode
  /** A CSS grid track: `minmax(160px, 2fr)`, `72px`. */
  readonly width: string
  readonly align?: 'start' | 'end' | undefined
  readonly sortable?: boolean | undefined
  readonly cell: (row: Row) => ReactNode
}

export interface TableSort {
  readonly column: string
  readonly descending: boolean
}

export interface VirtualTableProps<Row> {
  readonly label: string
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  readonly getKey: (row: Row) => string
  /** Height of every row in pixels. */
  readonly rowHeight?: number | undefined
  readonly sort?: TableSort | undefined
  readonly onSort?: ((sort: TableSort) => void) | undefined
  readonly isSelected: (row: Row) => boolean
  /** Pointer or Space; the event tells about Shift and Ctrl/Cmd. */
  readonly onSelect: (row: Row, event: MouseEvent | KeyboardEvent) => void
  /** Enter or a double click. */
  readonly onOpen?: ((row: Row) => void) | undefined
  /** Keys that the table itself does not use. */
  readonly onKeyDown?: ((event: KeyboardEvent) => void) | undefined
}

/**
 * A table of any length with rows of one height, as an ARIA grid: arrows, Home, End and Page keys
 * move, Space selects, Enter opens.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, rows, getKey, rowHeight = 38, isSelected, onSelect, onOpen } = props
  const scroller = useRef<HTMLDivElement | null>(null)
  const [active, setActive] = useState(0)
  const current = Math.min(active, Math.max(0, rows.length - 1))
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer's methods are called while rendering only
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const tracks = { gridTemplateColumns: columns.map((column) => column.width).join(' ') }

  function moveTo(index: number): void {
    const next = Math.min(rows.length - 1, Math.max(0, index))
    setActive(next)
    virtualizer.scrollToIndex(next)
    // The row may only now come into the document.
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-row="${String(next)}"]`)?.focus()
    })
  }

  function onRowKey(event: KeyboardEvent, row: Row): void {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const steps: Partial<Record<string, number>> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: rows.length - 1,
    }
    const target = steps[event.key]
    // A control inside a cell has its own keys.
    if (event.target !== event.currentTarget) return
    if (target !== undefined) {
      event.preventDefault()
      moveTo(target)
      const next = rows[Math.min(rows.length - 1, Math.max(0, target))]
      if (event.shiftKey && next !== undefined) onSelect(next, event)
    } else if (event.key === ' ') {
      event.preventDefault()
      onSelect(row, event)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onOpen?.(row)
    } else props.onKeyDown?.(event)
  }

  return (
    <div
      ref={scroller}
      className="pk-table"
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-multiselectable
    >
      <div role="rowgroup" className="pk-table-head">
        <div role="row" aria-rowindex={1} className="pk-table-row" style={tracks}>
          {columns.map((column) => (
            <HeaderCell key={column.id} column={column} sort={props.sort} onSort={props.onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className="pk-table-body" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          const selected = isSelected(row)
          return (
            <div
              key={getKey(row)}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={selected}
              data-row={index}
              tabIndex={index === current ? 0 : -1}
              className={classNames('pk-table-row', selected && 'is-selected')}
              style={{ ...tracks, height: rowHeight, transform: `translateY(${String(start)}px)` }}
              onFocus={() => setActive(index)}
              onClick={(event) => onSelect(row, event)}
              onDoubleClick={() => onOpen?.(row)}
              onKeyDown={(event) => onRowKey(event, row)}
            >
              {columns.map((column) => (
                <div
                  key={column.id}
                  role="gridcell"
                  className={classNames('pk-table-cell', column.align === 'end' && 'is-end')}
                >
                  {column.cell(row)}
                </div>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function HeaderCell<Row>({
  column,
  sort,
  onSort,
}: {
  readonly column: TableColumn<Row>
  readonly sort: TableSort | undefined
  readonly onSort: ((sort: TableSort) => void) | undefined
}) {
  const sorted = sort?.column === column.id ? sort : undefined
  const direction = sorted === undefined ? 'none' : sorted.descending ? 'descending' : 'ascending'
  return (
    <div
      role="columnheader"
      aria-sort={column.sortable === true ? direction : undefined}
      className={classNames('pk-table-cell', column.align === 'end' && 'is-end')}
    >
      {column.sortable === true && onSort !== undefined ? (
        <button
          type="button"
          className="pk-table-sort"
          onClick={() =>
            onSort({
              column: column.id,
              descending: sorted === undefined ? false : !sorted.descending,
            })
          }
        >
          {column.header}
          {sorted !== undefined && (sorted.descending ? <ArrowDown /> : <ArrowUp />)}
        </button>
      ) : (
        column.header
      )}
    </div>
  )
}
