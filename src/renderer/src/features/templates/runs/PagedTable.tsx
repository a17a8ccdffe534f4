import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ReactNode } from 'react'
import type { Pages } from './usePages.ts'
import './PagedTable.css'

export interface PagedColumn<Item> {
  readonly id: string
  readonly header: ReactNode
  readonly cell: (item: Item) => ReactNode
  /** Aligns the column at the end, for numbers. */
  readonly end?: boolean
}

export interface PagedTableProps<Item> {
  readonly label: string
  readonly pages: Pages<Item>
  readonly columns: readonly PagedColumn<Item>[]
  /** CSS `grid-template-columns`. */
  readonly widths: string
  /** Called for a click on a row, or Enter on its button. */
  readonly onOpen: (item: Item, index: number) => void
  /** Accessible name of a row's button: "Open row 12". */
  readonly openLabel: (item: Item, index: number) => string
  readonly empty: ReactNode
}

const rowHeight = 40

/** A virtualised table: only visible rows are in the DOM, and only their pages are fetched. */
export function PagedTable<Item>(props: PagedTableProps<Item>) {
  const { label, pages, columns, widths, onOpen, openLabel, empty } = props
  const scroller = useRef<HTMLDivElement | null>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- its methods are called while rendering only
  const virtualizer = useVirtualizer({
    count: pages.total ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })
  const rows = virtualizer.getVirtualItems()
  const from = rows[0]?.index ?? 0
  const to = rows.at(-1)?.index ?? 0
  const { need } = pages
  useEffect(() => need(from, to), [need, from, to])

  if (pages.total === 0) return <div className="run-table-empty dim">{empty}</div>
  return (
    <div
      role="table"
      aria-label={label}
      aria-rowcount={(pages.total ?? 0) + 1}
      className="run-table"
      ref={scroller}
      tabIndex={0}
    >
      <div role="rowgroup" className="run-table-head">
        <div role="row" className="run-table-row" style={{ gridTemplateColumns: widths }}>
          {columns.map(({ id, header, end }) => (
            <span key={id} role="columnheader" className={end === true ? 'is-end' : undefined}>
              {header}
            </span>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        className="run-table-space"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {rows.map(({ index, key, start }) => {
          const item = pages.at(index)
          return (
            <div
              key={key}
              role="row"
              aria-rowindex={index + 2}
              className="run-table-row is-item"
              style={{ gridTemplateColumns: widths, transform: `translateY(${String(start)}px)` }}
            >
              {columns.map(({ id, cell, end }, place) => (
                <span
                  key={id}
                  role="cell"
                  className={end === true ? 'run-cell is-end' : 'run-cell'}
                >
                  {place === 0 && item !== undefined && (
                    // One button per row that covers it: a table row itself can't be a control.
                    <button
                      type="button"
                      className="run-row-open"
                      aria-label={openLabel(item, index)}
                      onClick={() => onOpen(item, index)}
                    />
                  )}
                  {item === undefined ? <span className="faint">…</span> : cell(item)}
                </span>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}
