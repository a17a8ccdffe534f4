import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, type ReactNode } from 'react'
import './VirtualList.css'
import { classNames } from './classNames.ts'

export interface VirtualListProps<Item> {
  readonly items: readonly Item[]
  readonly label: string
  /** Estimated height of an item in pixels; items are measured once rendered. */
  readonly estimate: number
  readonly getKey: (item: Item) => string
  readonly renderItem: (item: Item, index: number) => ReactNode
  readonly className?: string | undefined
}

/** A virtualised list: only visible items are in the DOM. */
export function VirtualList<Item>({
  items,
  label,
  estimate,
  getKey,
  renderItem,
  className,
}: VirtualListProps<Item>) {
  const scroller = useRef<HTMLDivElement | null>(null)
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer's methods are called while rendering only
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    getItemKey: (index) => {
      const item = items[index]
      return item === undefined ? index : getKey(item)
    },
    overscan: 8,
  })
  return (
    <div ref={scroller} className={classNames('pk-virtual', className)}>
      <ul
        aria-label={label}
        className="pk-virtual-space"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map((row) => {
          const item = items[row.index]
          return (
            item !== undefined && (
              <li
                key={row.key}
                ref={virtualizer.measureElement}
                data-index={row.index}
                aria-setsize={items.length}
                aria-posinset={row.index + 1}
                className="pk-virtual-item"
                style={{ transform: `translateY(${String(row.start)}px)` }}
              >
                {renderItem(item, row.index)}
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}
